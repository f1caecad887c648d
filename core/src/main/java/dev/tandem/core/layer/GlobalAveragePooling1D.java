package dev.tandem.core.layer;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The mean of each channel over all steps: (batch, steps, channels) to (batch, channels). Of a
 * masked input those steps count that its mask leaves in, and where it leaves none in the mean is
 * 0. No weights.
 */
public final class GlobalAveragePooling1D extends SimpleLayer<GlobalAveragePooling1D> {

  GlobalAveragePooling1D(LayerSettings settings) {
    super(settings);
  }

  /** A layer that takes the mean. */
  public static GlobalAveragePooling1D of() {
    return new GlobalAveragePooling1D(LayerSettings.none());
  }

  @Override
  protected Shape output(Shape input) {
    requireSteps(input);
    return Shape.of(input.size(0), input.size(-1));
  }

  @Override
  protected Value forward(LayerCall forward, Value x) {
    Ops ops = forward.ops();
    Value mask = forward.mask(0);
    if (mask == null) {
      return ops.mean(x, false, 1);
    }
    Value count = ops.maximum(ops.sum(mask, true, 1), ops.scalar(1, mask.dtype()));
    return ops.divide(ops.sum(StepMasks.kept(ops, x, mask), false, 1), ops.cast(count, x.dtype()));
  }

  @Override
  protected List<@Nullable Value> masks(Ops ops, List<Value> inputs, List<@Nullable Value> masks) {
    return StepMasks.none(1);
  }
}
