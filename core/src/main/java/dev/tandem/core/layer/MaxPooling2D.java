package dev.tandem.core.layer;

import dev.tandem.core.op.Value;
import dev.tandem.core.op.image.ImageOps;

/**
 * The largest of each window: (batch, height, width, channels) to (batch, rows, columns, channels)
 * with rows and columns by {@link Padding}. The border is never the largest. No weights.
 */
public final class MaxPooling2D extends PoolLayer<MaxPooling2D> {

  MaxPooling2D(LayerSettings settings) {
    super(settings);
  }

  /** A layer of a square window that steps by its size. */
  public static MaxPooling2D window(int size) {
    return window(size, size);
  }

  /** A layer of this window that steps by its size. */
  public static MaxPooling2D window(int height, int width) {
    return new MaxPooling2D(windowed(height, width));
  }

  @Override
  protected Value forward(LayerCall forward, Value x) {
    return ImageOps.maxPool2d(forward.ops(), x, over(x.shape()));
  }
}
