package dev.tandem.core.layer;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.image.ImageOps;

/**
 * The largest of each window: (batch, depth, height, width, channels) to (batch, planes, rows,
 * columns, channels) with planes, rows and columns by {@link Padding}. The border is never the
 * largest. No weights.
 */
public final class MaxPooling3D extends VolumePoolLayer<MaxPooling3D> {

  MaxPooling3D(LayerSettings settings) {
    super(settings);
  }

  /** A layer of a window of one size along all three axes that steps by its size. */
  public static MaxPooling3D window(int size) {
    return window(size, size, size);
  }

  /** A layer of this window that steps by its size. */
  public static MaxPooling3D window(int depth, int height, int width) {
    return new MaxPooling3D(windowed(depth, height, width));
  }

  @Override
  protected Value forward(LayerCall forward, Value x) {
    Ops ops = forward.ops();
    Value images = ops.reshape(x, VolumeWindow.planes(x.shape()));
    Value planes = ImageOps.maxPool2d(ops, images, window().poolOfPlanes(x.shape()));
    Value volumes = VolumeWindow.volumes(ops, planes, x.shape().size(0));
    return window().taps(ops, volumes, Double.NEGATIVE_INFINITY).stream()
        .reduce(ops::maximum)
        .orElseThrow();
  }
}
