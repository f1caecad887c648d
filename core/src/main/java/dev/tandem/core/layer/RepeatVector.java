package dev.tandem.core.layer;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Check;
import dev.tandem.core.tensor.Shape;

/**
 * A vector at each step of a sequence: (batch, features) to (batch, times, features). No weights.
 */
public final class RepeatVector extends SimpleLayer<RepeatVector> {

  private static final Setting<Integer> TIMES =
      Setting.integer("times").called("number of steps").checked(Check::positive);

  RepeatVector(LayerSettings settings) {
    super(settings);
  }

  /** A layer that makes so many steps, at least 1. */
  public static RepeatVector times(int steps) {
    return new RepeatVector(LayerSettings.of(TIMES, steps));
  }

  @Override
  protected Shape output(Shape input) {
    requireRank(input, 2, "(batch, features)", "insert a Flatten");
    return Shape.of(input.size(0), get(TIMES), input.size(1));
  }

  @Override
  protected Value forward(LayerCall forward, Value x) {
    Ops ops = forward.ops();
    Value one = ops.reshape(x, x.shape().size(0), 1, x.shape().size(1));
    return ops.broadcastTo(one, output(x.shape()));
  }
}
