package dev.tandem.core.layer;

import dev.tandem.core.initializer.Initializers;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.norm.Normalized;
import dev.tandem.core.tensor.Check;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;

/**
 * The state of a batch normalization: moving_mean and moving_variance, (features) each.
 *
 * @param mean 0 at first
 * @param variance 1 at first
 */
record MovingStatistics(Weight mean, Weight variance) {

  static final Setting<Double> MOMENTUM =
      Setting.number("momentum").otherwise(0.99).checked(Check::fraction);

  /** Whether a frozen layer's training steps take the batch's statistics, too. */
  static final Setting<Boolean> ALSO_FROZEN =
      Setting.flag("frozenUsesBatchStatistics").otherwise(false);

  /** Declares both for an input (batch, …, features). */
  static MovingStatistics declare(Layer layer, TensorSpec input) {
    Shape features = Shape.of(input.shape().size(-1));
    return new MovingStatistics(
        layer.state("moving_mean", features, input.dtype(), Initializers.zeros()),
        layer.state("moving_variance", features, input.dtype(), Initializers.ones()));
  }

  /** Whether a call takes the batch's statistics in place of these. */
  static boolean giveWay(LayerCall forward, LayerSettings settings) {
    return forward.isTraining() && (!forward.isLayerFrozen() || settings.get(ALSO_FROZEN));
  }

  /** Moves both towards those of a batch. */
  void follow(LayerCall forward, Normalized batch, LayerSettings settings) {
    double momentum = settings.get(MOMENTUM);
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
