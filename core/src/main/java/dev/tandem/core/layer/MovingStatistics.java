package dev.tandem.core.layer;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.norm.Normalized;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;

/**
 * The state of a batch normalization: moving_mean and moving_variance, (features) each.
 *
 * @param mean 0 at first
 * @param variance 1 at first
 */
record MovingStatistics(Weight mean, Weight variance) {

  private static final double MOMENTUM = 0.99;

  /** Declares both for an input (batch, …, features). */
  static MovingStatistics declare(Layer layer, TensorSpec input) {
    Shape features = Shape.of(input.shape().size(-1));
    return new MovingStatistics(
        layer.state("moving_mean", features, input.dtype(), Initializers.zeros()),
        layer.state("moving_variance", features, input.dtype(), Initializers.ones()));
  }

  /** Whether a call takes the batch's statistics in place of these. */
  static boolean giveWay(LayerCall forward, Config config) {
    return forward.isTraining()
        && (!forward.isLayerFrozen() || config.flag("frozenUsesBatchStatistics", false));
  }

  /** Moves both towards those of a batch. */
  void follow(LayerCall forward, Normalized batch, Config config) {
    double momentum = config.number("momentum", MOMENTUM);
    move(forward, mean, batch.mean(), momentum);
    move(forward, variance, batch.variance(), momentum);
  }

  private static void move(LayerCall forward, Weight moving, Value batch, double momentum) {
    Ops ops = forward.ops();
    Value kept = ops.scale(forward.weight(moving), momentum);
    forward.update(moving, ops.add(kept, ops.scale(batch, 1 - momentum)));
  }

  /**
   * {@code gamma · (x - mean) / √(variance + epsilon) + beta} with these: two passes over x, the
   * rest is arithmetic on their shapes.
   *
   * @param gamma broadcasts to x
   * @param beta broadcasts to x
   */
  Value normalized(LayerCall forward, Value x, Value gamma, Value beta, double epsilon) {
    Ops ops = forward.ops();
    Value inverse = ops.power(ops.shift(forward.weight(variance), epsilon), -0.5);
    Value factor = ops.multiply(gamma, inverse);
    Value term = ops.subtract(beta, ops.multiply(forward.weight(mean), factor));
    return ops.add(ops.multiply(x, factor), term);
  }
}
