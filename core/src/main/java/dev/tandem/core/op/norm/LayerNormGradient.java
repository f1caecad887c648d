package dev.tandem.core.op.norm;

import dev.tandem.core.op.Composite;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;

/**
 * From (x, gamma, mean, variance, gradient at y) of {@link LayerNorm} to the gradients at (x,
 * gamma, beta). Its own gradient goes through its parts.
 *
 * @param epsilon as in {@link LayerNorm}
 */
public record LayerNormGradient(double epsilon) implements Composite {

  @Override
  public List<TensorSpec> infer(List<TensorSpec> inputs) {
    TensorSpec x = inputs.get(0);
    TensorSpec size = BatchNorm.channels(this, x);
    TensorSpec statistics = x.withShape(x.shape().with(-1, 1));
    if (!inputs.equals(List.of(x, size, statistics, statistics, x))) {
      throw new IllegalArgumentException("layer_norm_gradient of " + inputs);
    }
    return List.of(x, size, size);
  }

  /**
   * With x̂ = (x - mean) / √(variance + epsilon), h = g · gamma and means over the last axis: gx =
   * (h - mean(h) - x̂ · mean(h · x̂)) / √(variance + epsilon).
   */
  @Override
  public List<Value> decompose(Ops ops, List<Value> inputs) {
    Value x = inputs.get(0);
    Value g = inputs.get(4);
    Value inverse = ops.power(ops.shift(inputs.get(3), epsilon), -0.5);
    Value normal = ops.multiply(ops.subtract(x, inputs.get(2)), inverse);
    Value gBeta = ops.sum(BatchNorm.flat(ops, g), false, 0);
    Value gGamma = ops.sum(BatchNorm.flat(ops, ops.multiply(g, normal)), false, 0);
    Value h = ops.multiply(g, inputs.get(1));
    Value along = ops.mean(ops.multiply(h, normal), true, -1);
    Value rest = ops.subtract(h, ops.mean(h, true, -1));
    Value gx = ops.multiply(ops.subtract(rest, ops.multiply(normal, along)), inverse);
    return List.of(gx, gGamma, gBeta);
  }
}
