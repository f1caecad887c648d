package dev.tandem.core.layer;

import dev.tandem.core.op.Pad;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Check;
import dev.tandem.core.tensor.Shape;
import java.util.List;

/**
 * Steps of zeros at the ends of a sequence: (batch, steps, channels) to (batch, before + steps +
 * after, channels). No weights.
 */
public final class ZeroPadding1D extends SimpleLayer<ZeroPadding1D> {

  private static final Setting<List<Integer>> ENDS =
      Setting.integers("ends").called("padding").checked(Check::noneNegative);

  ZeroPadding1D(LayerSettings settings) {
    super(settings);
  }

  /** A layer that adds as many steps at both ends. */
  public static ZeroPadding1D of(int both) {
    return of(both, both);
  }

  /** A layer that adds these numbers of steps. */
  public static ZeroPadding1D of(int before, int after) {
    return new ZeroPadding1D(LayerSettings.of(ENDS, List.of(before, after)));
  }

  @Override
  protected boolean takesIntegers() {
    return true;
  }

  @Override
  protected Shape output(Shape input) {
    requireSteps(input);
    return input.with(1, input.size(1) + get(ENDS).get(0) + get(ENDS).get(1));
  }

  @Override
  protected Value forward(LayerCall forward, Value x) {
    Shape begin = Shape.of(0, get(ENDS).get(0), 0);
    return forward.ops().one(new Pad(begin, output(x.shape())), x);
  }
}
