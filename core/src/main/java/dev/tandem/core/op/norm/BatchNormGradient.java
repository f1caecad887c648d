package dev.tandem.core.op.norm;

import dev.tandem.core.op.Composite;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;

/**
 * From (x, gamma, mean, variance, gradient at y) of {@link BatchNorm} to the gradients at (x,
 * gamma, beta). Its own gradient goes through its parts.
 *
 * @param epsilon as in {@link BatchNorm}
 */
public record BatchNormGradient(double epsilon) implements Composite {

  @Override
  public List<TensorSpec> infer(List<TensorSpec> inputs) {
    TensorSpec x = inputs.get(0);
    TensorSpec channels = BatchNorm.channels(this, x);
    if (!inputs.equals(List.of(x, channels, channels, channels, x))) {
      throw new IllegalArgumentException("batch_norm_gradient of " + inputs);
    }
    return List.of(x, channels, channels);
  }

  /**
   * With x̂ = (x - mean) / √(variance + epsilon) and means over the batch: gx = gamma / √(variance
   * + epsilon) · (g - mean(g) - x̂ · mean(g · x̂)).
   */
  @Override
  public List<Value> decompose(Ops ops, List<Value> inputs) {
    Value x = BatchNorm.flat(ops, inputs.get(0));
    Value g = BatchNorm.flat(ops, inputs.get(4));
    double count = x.shape().size(0);
    Value inverse = ops.power(ops.shift(inputs.get(3), epsilon), -0.5);
    Value centered = ops.subtract(x, inputs.get(2));
    Value gBeta = ops.sum(g, false, 0);
    Value gGamma = ops.multiply(ops.sum(ops.multiply(g, centered), false, 0), inverse);
    Value factor = ops.multiply(inputs.get(1), inverse);
    Value slope = ops.scale(ops.multiply(ops.multiply(factor, inverse), gGamma), 1 / count);
    Value offset = ops.scale(ops.multiply(factor, gBeta), 1 / count);
    Value gx =
        ops.subtract(ops.subtract(ops.multiply(g, factor), offset), ops.multiply(centered, slope));
    return List.of(ops.reshape(gx, inputs.get(0).shape()), gGamma, gBeta);
  }
}
