package dev.tandem.core.layer;

import dev.tandem.core.op.Normalized;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import org.jspecify.annotations.Nullable;

/**
 * Batch normalization (Ioffe, Szegedy, 2015, arXiv:1502.03167): {@code gamma · (x - mean) /
 * √(variance + epsilon) + beta} for each feature of the last axis, any shape (batch, …, features)
 * to the same shape. Weights: gamma, beta, and as state moving_mean and moving_variance, (features)
 * each.
 *
 * <p>Mean and variance are those of the batch in a training step, and the moving ones otherwise. A
 * training step also moves the moving ones, {@code moving · momentum + batch · (1 - momentum)},
 * with the biased variance of the batch, as in Keras.
 *
 * <p>When the layer itself is frozen, a training step takes the moving ones, which is what fine
 * tuning wants; when only a model is frozen, it still takes the batch's and leaves the moving ones
 * alone, which is what the generator's step of a GAN wants of the discriminator.
 */
public final class BatchNormalization extends NormLayer<BatchNormalization> {

  private static final double MOMENTUM = 0.99;

  private @Nullable Weight movingMean;
  private @Nullable Weight movingVariance;

  BatchNormalization(Config config) {
    super(config);
  }

  /** A layer that normalizes. */
  public static BatchNormalization layer() {
    return new BatchNormalization(Config.empty());
  }

  /** What is kept of the moving statistics in a step, in [0, 1); 0.99 unless set. */
  public BatchNormalization momentum(double momentum) {
    return set("momentum", Check.fraction("momentum", momentum));
  }

  /**
   * Whether training steps take the batch's statistics even when the layer is frozen; false unless
   * set. The moving ones stay in both cases.
   */
  public BatchNormalization frozenUsesBatchStatistics(boolean batchStatistics) {
    return set("frozenUsesBatchStatistics", batchStatistics);
  }

  @Override
  protected void build(TensorSpec input) {
    super.build(input);
    Shape features = Shape.of(input.shape().size(-1));
    movingMean = state("moving_mean", features, input.dtype(), Initializers.zeros());
    movingVariance = state("moving_variance", features, input.dtype(), Initializers.ones());
  }

  @Override
  protected Value forward(Forward forward, Value x) {
    boolean batchStatistics =
        forward.isTraining()
            && (!forward.isLayerFrozen() || config().flag("frozenUsesBatchStatistics", false));
    return batchStatistics ? byBatch(forward, x) : byMoving(forward, x);
  }

  private Value byBatch(Forward forward, Value x) {
    Normalized normalized =
        forward.ops().batchNorm(x, gamma(forward, x), beta(forward, x), epsilon());
    move(forward, movingMean, normalized.mean());
    move(forward, movingVariance, normalized.variance());
    return normalized.y();
  }

  private void move(Forward forward, Weight moving, Value batch) {
    Ops ops = forward.ops();
    double momentum = config().number("momentum", MOMENTUM);
    Value kept = ops.scale(forward.weight(moving), momentum);
    forward.update(moving, ops.add(kept, ops.scale(batch, 1 - momentum)));
  }

  /** Two passes over x: the rest is arithmetic on (features). */
  private Value byMoving(Forward forward, Value x) {
    Ops ops = forward.ops();
    Value inverse = ops.power(ops.shift(forward.weight(movingVariance), epsilon()), -0.5);
    Value factor = ops.multiply(gamma(forward, x), inverse);
    Value term = ops.subtract(beta(forward, x), ops.multiply(forward.weight(movingMean), factor));
    return ops.add(ops.multiply(x, factor), term);
  }
}
