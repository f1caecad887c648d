package dev.tandem.core.layer;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.image.ImageOps;

/**
 * The mean of each window: (batch, depth, height, width, channels) to (batch, planes, rows,
 * columns, channels) with planes, rows and columns by {@link Padding}. At the border it is the mean
 * of what lies inside the volume, as in Keras. No weights.
 */
public final class AveragePooling3D extends VolumePoolLayer<AveragePooling3D> {

  AveragePooling3D(LayerSettings settings) {
    super(settings);
  }

  /** A layer of a window of one size along all three axes that steps by its size. */
  public static AveragePooling3D window(int size) {
    return window(size, size, size);
  }

  /** A layer of this window that steps by its size. */
  public static AveragePooling3D window(int depth, int height, int width) {
    return new AveragePooling3D(windowed(depth, height, width));
  }

  @Override
  protected Value forward(LayerCall forward, Value x) {
    Ops ops = forward.ops();
    Value images = ops.reshape(x, VolumeWindow.planes(x.shape()));
    Value planes = ImageOps.avgPool2d(ops, images, window().poolOfPlanes(x.shape()), false);
    Value volumes = VolumeWindow.volumes(ops, planes, x.shape().size(0));
    Value line =
        ops.fill(1, x.spec().withShape(x.shape().with(0, 1).with(2, 1).with(3, 1).with(4, 1)));
    return ops.divide(sum(ops, volumes), sum(ops, line));
  }

  private Value sum(Ops ops, Value volumes) {
    return window().taps(ops, volumes, 0).stream().reduce(ops::add).orElseThrow();
  }
}
