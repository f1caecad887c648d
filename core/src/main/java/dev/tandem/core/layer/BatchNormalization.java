package dev.tandem.core.layer;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.norm.NormOps;
import dev.tandem.core.op.norm.Normalized;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Batch normalization (Ioffe, Szegedy, 2015, arXiv:1502.03167): {@code gamma · (x - mean) /
 * √(variance + epsilon) + beta} for each feature of the last axis, any shape (batch, …, features)
 * to the same shape. Weights: gamma, beta, and as state moving_mean and moving_variance, (features)
 * each.
 *
 * <p>Mean and variance are those of the batch in a training step, and the moving ones otherwise. A
 * training step also moves the moving ones, {@code moving · momentum + batch · (1 - momentum)},
 * with the biased variance of the batch, as in Keras. Steps that a mask leaves out are in neither.
 *
 * <p>When the layer itself is frozen, a training step takes the moving ones, which is what fine
 * tuning wants; when only a model is frozen, it still takes the batch's and leaves the moving ones
 * alone, which is what the generator's step of a GAN wants of the discriminator. In a call that
 * runs as in inference ({@code trunk.inference().apply(x)}, or by the recipe's {@code
 * inference(trunk)}) it takes the moving ones and leaves them, whatever is frozen.
 */
public final class BatchNormalization extends NormLayer<BatchNormalization>
    implements BatchStatistics {

  private @Nullable MovingStatistics moving;

  BatchNormalization(LayerSettings settings) {
    super(settings);
  }

  /** A layer that normalizes. */
  public static BatchNormalization of() {
    return new BatchNormalization(LayerSettings.none());
  }

  /** What is kept of the moving statistics in a step, in [0, 1); 0.99 unless set. */
  public BatchNormalization momentum(double momentum) {
    return set(MovingStatistics.MOMENTUM, momentum);
  }

  /**
   * Whether training steps take the batch's statistics even when the layer is frozen; false unless
   * set. The moving ones stay in both cases.
   */
  public BatchNormalization frozenUsesBatchStatistics(boolean batchStatistics) {
    return set(MovingStatistics.ALSO_FROZEN, batchStatistics);
  }

  /** Its mask is that of the output, and steps that it leaves out are not in the statistics. */
  @Override
  protected boolean carriesMasks() {
    return true;
  }

  @Override
  public boolean frozenUsesBatchStatistics() {
    return get(MovingStatistics.ALSO_FROZEN);
  }

  @Override
  protected void build(TensorSpec input) {
    super.build(input);
    moving = MovingStatistics.declare(this, input);
  }

  @Override
  protected Value forward(LayerCall forward, Value x) {
    Value gamma = gamma(forward, x);
    Value beta = beta(forward, x);
    MovingStatistics statistics = Objects.requireNonNull(moving);
    if (!MovingStatistics.giveWay(forward, settings())) {
      return statistics.normalized(forward, x, gamma, beta, epsilon());
    }
    Value mask = forward.mask(0);
    Normalized normalized =
        mask == null
            ? NormOps.batchNorm(forward.ops(), x, gamma, beta, epsilon())
            : masked(forward.ops(), x, mask, gamma, beta);
    statistics.follow(forward, normalized, settings());
    return normalized.y();
  }

  /** With mean and variance of the steps that count; zeros where there are none. */
  private Normalized masked(Ops ops, Value x, Value mask, Value gamma, Value beta) {
    Shape features = Shape.of(x.shape().size(-1));
    long each = x.shape().length() / mask.shape().length() / features.length();
    Value steps = ops.scale(ops.cast(ops.sum(mask), x.dtype()), each);
    Value count = ops.maximum(steps, ops.scalar(1, x.dtype()));
    Value mean = ops.divide(ops.sumTo(StepMasks.kept(ops, x, mask), features), count);
    Value centered = ops.subtract(x, mean);
    Value squares = ops.square(StepMasks.kept(ops, centered, mask));
    Value variance = ops.divide(ops.sumTo(squares, features), count);
    Value factor = ops.multiply(gamma, ops.power(ops.shift(variance, epsilon()), -0.5));
    return new Normalized(ops.add(ops.multiply(centered, factor), beta), mean, variance);
  }
}
