package dev.tandem.core.op.norm;

import dev.tandem.core.op.Composite;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.VjpContext;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Layer normalization along the last axis (Ba, Kiros, Hinton, 2016, arXiv:1607.06450): from (x (…,
 * size), gamma (size), beta (size)) to (y (…, size), mean (…, 1), variance (…, 1)), where {@code y
 * = gamma · (x - mean) / √(variance + epsilon) + beta} with the biased variance.
 *
 * @param epsilon added to the variance
 */
public record LayerNorm(double epsilon) implements Composite {

  @Override
  public List<TensorSpec> infer(List<TensorSpec> inputs) {
    TensorSpec x = inputs.get(0);
    TensorSpec size = BatchNorm.channels(this, x);
    if (!inputs.get(1).equals(size) || !inputs.get(2).equals(size)) {
      throw new IllegalArgumentException(
          "layer_norm of "
              + x
              + " needs gamma and beta "
              + size
              + ", got "
              + inputs.get(1)
              + " and "
              + inputs.get(2));
    }
    TensorSpec statistics = x.withShape(x.shape().with(-1, 1));
    return List.of(x, statistics, statistics);
  }

  @Override
  public List<Value> decompose(Ops ops, List<Value> inputs) {
    Value x = inputs.get(0);
    Value mean = ops.mean(x, true, -1);
    Value centered = ops.subtract(x, mean);
    Value variance = ops.mean(ops.square(centered), true, -1);
    Value inverse = ops.power(ops.shift(variance, epsilon), -0.5);
    Value normal = ops.multiply(centered, inverse);
    return List.of(ops.add(ops.multiply(normal, inputs.get(1)), inputs.get(2)), mean, variance);
  }

  /** By {@link LayerNormGradient}; through the parts if a gradient arrives at the statistics. */
  @Override
  public @Nullable List<@Nullable Value> vjp(VjpContext back) {
    return Normalized.vjp(back, new LayerNormGradient(epsilon));
  }
}
