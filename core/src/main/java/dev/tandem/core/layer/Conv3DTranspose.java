package dev.tandem.core.layer;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Pad;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.image.ImageOps;
import dev.tandem.core.tensor.Check;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;

/**
 * Transposed convolution of volumes: what {@link Conv3D} sends back to its volume. (batch, depth,
 * height, width, channels) to (batch, planes, rows, columns, filters), where an axis of size n
 * becomes, as in Keras, n · stride for {@link Padding#SAME} and n · stride + max(window - stride,
 * 0) for {@link Padding#VALID}. Weights: kernel (kernel depth, kernel height, kernel width,
 * filters, channels), bias (filters).
 */
public final class Conv3DTranspose extends VolumeConvLayer<Conv3DTranspose> {

  private static final Setting<Integer> FILTERS =
      Setting.integer("filters").checked(Check::positive);

  Conv3DTranspose(LayerSettings settings) {
    super(settings);
  }

  /** A layer with this many output channels, at least 1; set its {@code kernel} too. */
  public static Conv3DTranspose filters(int filters) {
    return new Conv3DTranspose(LayerSettings.of(FILTERS, filters));
  }

  @Override
  protected void build(TensorSpec input) {
    VolumeWindow window = window();
    long filters = get(FILTERS);
    declare(
        Shape.of(
            window.depth(),
            window.plane().height(),
            window.plane().width(),
            filters,
            input.shape().size(-1)),
        filters,
        input.dtype());
  }

  private static long size(long size, int span, int stride, Padding padding) {
    return Conv2DTranspose.size(size, span, stride, padding == Padding.SAME, -1);
  }

  @Override
  protected Shape output(Shape input) {
    requireVolume(input);
    Window along = window().along();
    Window plane = window().plane();
    Padding padding = plane.padding();
    return Shape.of(
        input.size(0),
        size(input.size(1), along.height(), along.strideHeight(), padding),
        size(input.size(2), plane.height(), plane.strideHeight(), padding),
        size(input.size(3), plane.width(), plane.strideWidth(), padding),
        get(FILTERS));
  }

  @Override
  protected Value forward(LayerCall forward, Value x) {
    Ops ops = forward.ops();
    VolumeWindow window = window();
    Shape volume = output(x.shape());
    long filters = get(FILTERS);
    Value kernel = ops.permute(kernel(forward), 1, 2, 0, 3, 4);
    Shape shape = kernel.shape();
    Value flat =
        ops.reshape(kernel, shape.size(0), shape.size(1), shape.size(2) * filters, shape.size(4));
    Value images = ops.reshape(x, VolumeWindow.planes(x.shape()));
    Shape image =
        Shape.of(images.shape().size(0), volume.size(2), volume.size(3), window.depth() * filters);
    Value y = ImageOps.conv2dTranspose(ops, images, flat, window.plane().over(image), image);
    Value beside = VolumeWindow.volumes(ops, y, x.shape().size(0));
    return finish(forward, together(ops, beside, window, volume));
  }

  /** Each plane adds the planes of its window to the volume. */
  private static Value together(Ops ops, Value beside, VolumeWindow window, Shape volume) {
    long filters = volume.size(4);
    long depth = beside.shape().size(1);
    int stride = window.along().strideHeight();
    int first = window.before(volume);
    long all = Math.max(depth * stride + window.depth() - 1, first + volume.size(1));
    Value sum = null;
    for (int k = 0; k < window.depth(); k++) {
      Value tap = ops.slice(beside, 4, k * filters, filters);
      Shape apart = Shape.of(volume.size(0), depth, 1, volume.size(2), volume.size(3), filters);
      Shape origin = Shape.of(0, 0, 0, 0, 0, 0);
      Value strides = ops.one(new Pad(origin, apart.with(2, stride)), ops.reshape(tap, apart));
      Value spread = ops.reshape(strides, volume.with(1, depth * stride));
      Value placed = ops.one(new Pad(Shape.of(0, k, 0, 0, 0), volume.with(1, all)), spread);
      sum = sum == null ? placed : ops.add(sum, placed);
    }
    if (sum == null) {
      throw new IllegalStateException("a window of no planes");
    }
    return ops.slice(sum, 1, first, volume.size(1));
  }
}
