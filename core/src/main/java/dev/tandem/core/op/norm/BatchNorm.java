package dev.tandem.core.op.norm;

import dev.tandem.core.op.Composite;
import dev.tandem.core.op.Op;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.VjpContext;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Batch normalization with the batch's own statistics (Ioffe, Szegedy, 2015, arXiv:1502.03167):
 * from (x (…, channels), gamma (channels), beta (channels)) to (y (…, channels), mean (channels),
 * variance (channels)), where mean and biased variance are over all axes but the last and {@code y
 * = gamma · (x - mean) / √(variance + epsilon) + beta}.
 *
 * @param epsilon added to the variance
 */
public record BatchNorm(double epsilon) implements Composite {

  @Override
  public List<TensorSpec> infer(List<TensorSpec> inputs) {
    TensorSpec channels = channels(this, inputs.get(0));
    if (!inputs.get(1).equals(channels) || !inputs.get(2).equals(channels)) {
      throw new IllegalArgumentException(
          "batch_norm of "
              + inputs.get(0)
              + " needs gamma and beta "
              + channels
              + ", got "
              + inputs.get(1)
              + " and "
              + inputs.get(2));
    }
    return List.of(inputs.get(0), channels, channels);
  }

  /** The spec of one number a channel. */
  static TensorSpec channels(Op op, TensorSpec x) {
    if (x.shape().rank() < 2 || x.shape().length() == 0) {
      throw new IllegalArgumentException(op.opName() + " of " + x + ", not (…, channels)");
    }
    return x.withShape(Shape.of(x.shape().size(-1)));
  }

  /** All axes but the last as one. */
  static Value flat(Ops ops, Value x) {
    long channels = x.shape().size(-1);
    return ops.reshape(x, x.shape().length() / channels, channels);
  }

  @Override
  public List<Value> decompose(Ops ops, List<Value> inputs) {
    Value x = flat(ops, inputs.get(0));
    Value mean = ops.mean(x, false, 0);
    Value centered = ops.subtract(x, mean);
    Value variance = ops.mean(ops.square(centered), false, 0);
    Value factor = ops.multiply(inputs.get(1), ops.power(ops.shift(variance, epsilon), -0.5));
    Value y = ops.add(ops.multiply(centered, factor), inputs.get(2));
    return List.of(ops.reshape(y, inputs.get(0).shape()), mean, variance);
  }

  /** By {@link BatchNormGradient}; through the parts if a gradient arrives at the statistics. */
  @Override
  public @Nullable List<@Nullable Value> vjp(VjpContext back) {
    return Normalized.vjp(back, new BatchNormGradient(epsilon));
  }
}
