package dev.tandem.core.layer;

import dev.tandem.core.op.Value;
import dev.tandem.core.op.image.ImageOps;

/**
 * The mean of each window: (batch, height, width, channels) to (batch, rows, columns, channels)
 * with rows and columns by {@link Padding}. At the border it is the mean of the pixels inside the
 * image, as in Keras. No weights.
 */
public final class AveragePooling2D extends PoolLayer<AveragePooling2D> {

  AveragePooling2D(LayerSettings settings) {
    super(settings);
  }

  /** A layer of a square window that steps by its size. */
  public static AveragePooling2D window(int size) {
    return window(size, size);
  }

  /** A layer of this window that steps by its size. */
  public static AveragePooling2D window(int height, int width) {
    return new AveragePooling2D(windowed(height, width));
  }

  @Override
  protected Value forward(LayerCall forward, Value x) {
    return ImageOps.avgPool2d(forward.ops(), x, over(x.shape()), false);
  }
}
