package dev.tandem.core.layer;

import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Check;
import dev.tandem.core.tensor.Shape;
import java.util.List;

/**
 * A sequence without its ends: (batch, steps, channels) to (batch, steps - before - after,
 * channels). No weights.
 */
public final class Cropping1D extends SimpleLayer<Cropping1D> {

  private static final Setting<List<Integer>> ENDS =
      Setting.integers("ends").called("cropping").checked(Check::noneNegative);

  Cropping1D(LayerSettings settings) {
    super(settings);
  }

  /** A layer that takes as many steps off both ends. */
  public static Cropping1D of(int both) {
    return of(both, both);
  }

  /** A layer that takes off these numbers of steps. */
  public static Cropping1D of(int before, int after) {
    return new Cropping1D(LayerSettings.of(ENDS, List.of(before, after)));
  }

  @Override
  protected boolean takesIntegers() {
    return true;
  }

  @Override
  protected Shape output(Shape input) {
    requireSteps(input);
    int off = get(ENDS).get(0) + get(ENDS).get(1);
    if (off >= input.size(1)) {
      throw reject("takes off " + off + " steps", input, "crop less than the sequence");
    }
    return input.with(1, input.size(1) - off);
  }

  @Override
  protected Value forward(LayerCall forward, Value x) {
    return forward.ops().slice(x, 1, get(ENDS).get(0), output(x.shape()).size(1));
  }
}
