package dev.tandem.core.layer;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.image.ImageOps;
import dev.tandem.core.op.image.PoolWindow;

/**
 * The largest of each window of steps: (batch, steps, channels) to (batch, fewer steps, channels)
 * with steps by {@link Padding}. The border is never the largest. No weights.
 */
public final class MaxPooling1D extends StepPoolLayer<MaxPooling1D> {

  MaxPooling1D(LayerSettings settings) {
    super(settings);
  }

  /** A layer of a window that steps by its size. */
  public static MaxPooling1D window(int size) {
    return new MaxPooling1D(windowed(size));
  }

  @Override
  Value pool(Ops ops, Value image, PoolWindow window) {
    return ImageOps.maxPool2d(ops, image, window);
  }
}
