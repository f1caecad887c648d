package dev.tandem.core.layer;

import dev.tandem.core.tensor.Shape;
import java.util.List;

/**
 * One number for each window of each channel: (batch, depth, height, width, channels) to (batch,
 * planes, rows, columns, channels). No weights.
 *
 * @param <S> the layer's own class
 */
abstract class VolumePoolLayer<S extends VolumePoolLayer<S>> extends SimpleLayer<S> {

  VolumePoolLayer(LayerSettings settings) {
    super(settings);
  }

  static LayerSettings windowed(int depth, int height, int width) {
    return LayerSettings.of(Window.WINDOW, List.of(depth, height, width));
  }

  /** The same step along all three axes. */
  public final S stride(int stride) {
    return stride(stride, stride, stride);
  }

  /** The steps along depth, height and width; the window's size unless set. */
  public final S stride(int depth, int height, int width) {
    return set(Window.STRIDE, List.of(depth, height, width));
  }

  /** What happens at the border; {@link Padding#VALID} unless set. */
  public final S padding(Padding padding) {
    return set(Window.PADDING, padding);
  }

  @Override
  protected final Shape output(Shape input) {
    requireRank(input, 5, "(batch, depth, height, width, channels)", "insert a Reshape");
    return window().output(this, input, input.size(-1));
  }

  final VolumeWindow window() {
    return VolumeWindow.ofPool(settings());
  }
}
