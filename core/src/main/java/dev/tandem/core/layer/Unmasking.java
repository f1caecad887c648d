package dev.tandem.core.layer;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The input without the mask that goes along with it: behind it all steps count, padding included.
 * For layers that have no meaning for a mask, such as {@link Conv1D}. No weights.
 */
public final class Unmasking extends SimpleLayer<Unmasking> {

  Unmasking(LayerSettings settings) {
    super(settings);
  }

  /** A layer that ends a mask. */
  public static Unmasking of() {
    return new Unmasking(LayerSettings.none());
  }

  @Override
  protected boolean takesIntegers() {
    return true;
  }

  @Override
  protected Shape output(Shape input) {
    return input;
  }

  @Override
  protected Value forward(LayerCall forward, Value x) {
    return x;
  }

  @Override
  protected List<@Nullable Value> masks(Ops ops, List<Value> inputs, List<@Nullable Value> masks) {
    return StepMasks.none(1);
  }
}
