package dev.tandem.core.layer;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.image.ConvGeometry;
import dev.tandem.core.op.image.PoolWindow;
import dev.tandem.core.tensor.Check;
import dev.tandem.core.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * The window of a convolution or a pooling of volumes (batch, depth, height, width, channels), as
 * its layer was configured: a window of planes along the depth, and one of images.
 *
 * @param along the depth, as the height of an image of one column
 * @param plane of each plane
 */
record VolumeWindow(Window along, Window plane) {

  static final Setting<List<Integer>> DILATION =
      Setting.integers("dilation").otherwise(List.of(1, 1, 1)).checked(Check::allPositive);

  /**
   * A kernel's window: strides and dilations are 1 and nothing is padded unless set.
   *
   * @throws IllegalStateException if the layer has no kernel size
   */
  static VolumeWindow ofKernel(StandardLayer<?> layer) {
    LayerSettings settings = layer.settings();
    if (settings.find(Window.KERNEL).isEmpty()) {
      throw new IllegalStateException(
          layer + " has no kernel size; set it with kernel(...) before its first call");
    }
    return of(
        settings.get(Window.KERNEL),
        settings.find(Window.STRIDE).orElse(List.of(1, 1, 1)),
        settings.get(DILATION),
        settings.get(Window.PADDING));
  }

  /** A pooling window: it steps by its own size and nothing is padded unless set. */
  static VolumeWindow ofPool(LayerSettings settings) {
    List<Integer> size = settings.get(Window.WINDOW);
    List<Integer> stride = settings.find(Window.STRIDE).orElse(size);
    return of(size, stride, List.of(1, 1, 1), settings.get(Window.PADDING));
  }

  private static VolumeWindow of(
      List<Integer> size, List<Integer> stride, List<Integer> dilation, Padding padding) {
    return new VolumeWindow(
        new Window(size.get(0), 1, stride.get(0), 1, dilation.get(0), 1, padding),
        new Window(
            size.get(1),
            size.get(2),
            stride.get(1),
            stride.get(2),
            dilation.get(1),
            dilation.get(2),
            padding));
  }

  /** The planes of the window. */
  int depth() {
    return along.height();
  }

  private static Shape line(Shape volume) {
    return Shape.of(volume.size(0), volume.size(1), 1, 1);
  }

  /** Volumes as images, one for each plane. */
  static Shape planes(Shape volume) {
    return volume.without(1).with(0, volume.size(0) * volume.size(1));
  }

  /** Images, one for each plane, as volumes. */
  static Value volumes(Ops ops, Value images, long batch) {
    Shape shape = images.shape();
    long depth = shape.size(0) / Math.max(1, batch);
    return ops.reshape(images, batch, depth, shape.size(1), shape.size(2), shape.size(3));
  }

  /** The shape of one number per window and channel. */
  Shape output(Layer layer, Shape volume, long channels) {
    boolean fits =
        along.spanHeight() <= volume.size(1)
            && plane.spanHeight() <= volume.size(2)
            && plane.spanWidth() <= volume.size(3);
    if (plane.padding() == Padding.VALID && !fits) {
      throw layer.reject(
          "needs volumes of at least "
              + along.spanHeight()
              + " x "
              + plane.spanHeight()
              + " x "
              + plane.spanWidth()
              + ", its window",
          volume,
          "choose a smaller window or padding(SAME)");
    }
    long depth = along.over(line(volume)).outputHeight(volume.size(1), along.height());
    Shape image = plane.output(layer, volume.without(1), channels);
    return Shape.of(image.size(0), depth, image.size(1), image.size(2), channels);
  }

  /** The walk over each plane. */
  ConvGeometry overPlanes(Shape volume) {
    return plane.over(planes(volume));
  }

  /** A pooling of each plane. */
  PoolWindow poolOfPlanes(Shape volume) {
    return new PoolWindow(plane.height(), plane.width(), overPlanes(volume));
  }

  /** Planes before the first of a volume. */
  int before(Shape volume) {
    return along.over(line(volume)).top();
  }

  /**
   * For each plane of the window those planes of a volume that stand there, one for each place of
   * the window along the depth.
   *
   * @param fill what stands where the window reaches over the border
   */
  List<Value> taps(Ops ops, Value volume, double fill) {
    Shape shape = volume.shape();
    ConvGeometry geometry = along.over(line(shape));
    long places = geometry.outputHeight(shape.size(1), along.height());
    int stride = along.strideHeight();
    long needed = (depth() - 1L) * along.dilationHeight() + places * stride;
    long behind = Math.max(needed - geometry.top() - shape.size(1), 0);
    Value whole = bordered(ops, volume, geometry.top(), behind, fill);
    List<Value> taps = new ArrayList<>();
    for (int k = 0; k < depth(); k++) {
      Value from = ops.slice(whole, 1, (long) k * along.dilationHeight(), places * stride);
      Value strides =
          ops.reshape(
              from, shape.size(0), places, stride, shape.size(2), shape.size(3), shape.size(4));
      Shape tap = shape.with(1, places);
      taps.add(ops.reshape(ops.slice(strides, 2, 0, 1), tap));
    }
    return taps;
  }

  private static Value bordered(Ops ops, Value x, long before, long behind, double fill) {
    List<Value> parts = new ArrayList<>();
    if (before > 0) {
      parts.add(ops.fill(fill, x.spec().withShape(x.shape().with(1, before))));
    }
    parts.add(x);
    if (behind > 0) {
      parts.add(ops.fill(fill, x.spec().withShape(x.shape().with(1, behind))));
    }
    return ops.concat(1, parts);
  }
}
