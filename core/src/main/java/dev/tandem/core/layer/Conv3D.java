package dev.tandem.core.layer;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.image.ImageOps;
import dev.tandem.core.tensor.Check;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;

/**
 * Convolution of volumes: {@code activation(conv(x, kernel) + bias)}, (batch, depth, height, width,
 * channels) to (batch, planes, rows, columns, filters) with planes, rows and columns by {@link
 * Padding}. Weights: kernel (kernel depth, kernel height, kernel width, channels, filters), bias
 * (filters). It is a convolution of images over the planes of the window side by side as channels.
 */
public final class Conv3D extends VolumeConvLayer<Conv3D> {

  private static final Setting<Integer> FILTERS =
      Setting.integer("filters").checked(Check::positive);

  Conv3D(LayerSettings settings) {
    super(settings);
  }

  /** A layer with this many output channels, at least 1; set its {@code kernel} too. */
  public static Conv3D filters(int filters) {
    return new Conv3D(LayerSettings.of(FILTERS, filters));
  }

  /** The same distance between planes, rows and columns of the window. */
  public Conv3D dilation(int dilation) {
    return dilation(dilation, dilation, dilation);
  }

  /** The distances between planes, rows and columns of the window; 1 unless set. */
  public Conv3D dilation(int depth, int height, int width) {
    return set(VolumeWindow.DILATION, List.of(depth, height, width));
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
            input.shape().size(-1),
            filters),
        filters,
        input.dtype());
  }

  @Override
  protected Shape output(Shape input) {
    requireVolume(input);
    return window().output(this, input, get(FILTERS));
  }

  @Override
  protected Value forward(LayerCall forward, Value x) {
    Ops ops = forward.ops();
    VolumeWindow window = window();
    Value beside = ops.concat(4, window.taps(ops, x, 0));
    Value images = ops.reshape(beside, VolumeWindow.planes(beside.shape()));
    Value kernel = ops.permute(kernel(forward), 1, 2, 0, 3, 4);
    Shape shape = kernel.shape();
    Value flat =
        ops.reshape(
            kernel, shape.size(0), shape.size(1), shape.size(2) * shape.size(3), shape.size(4));
    Value y = ImageOps.conv2d(ops, images, flat, window.overPlanes(x.shape()));
    return finish(forward, VolumeWindow.volumes(ops, y, x.shape().size(0)));
  }
}
