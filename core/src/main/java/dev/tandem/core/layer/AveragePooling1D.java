package dev.tandem.core.layer;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.image.ImageOps;
import dev.tandem.core.op.image.PoolWindow;

/**
 * The mean of each window of steps: (batch, steps, channels) to (batch, fewer steps, channels) with
 * steps by {@link Padding}. At the ends it is the mean of the steps inside the sequence, as in
 * Keras. No weights.
 */
public final class AveragePooling1D extends StepPoolLayer<AveragePooling1D> {

  AveragePooling1D(LayerSettings settings) {
    super(settings);
  }

  /** A layer of a window that steps by its size. */
  public static AveragePooling1D window(int size) {
    return new AveragePooling1D(windowed(size));
  }

  @Override
  Value pool(Ops ops, Value image, PoolWindow window) {
    return ImageOps.avgPool2d(ops, image, window, false);
  }
}
