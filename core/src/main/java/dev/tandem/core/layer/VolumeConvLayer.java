package dev.tandem.core.layer;

import dev.tandem.core.tensor.Shape;
import java.util.List;

/**
 * A layer whose kernel is a window that walks over volumes (batch, depth, height, width, channels).
 *
 * @param <S> the layer's own class
 */
abstract class VolumeConvLayer<S extends VolumeConvLayer<S>> extends KernelLayer<S> {

  VolumeConvLayer(LayerSettings settings) {
    super(settings);
  }

  /** A window of one size along all three axes. */
  public final S kernel(int size) {
    return kernel(size, size, size);
  }

  /** The planes, rows and columns of the window; has to be set. */
  public final S kernel(int depth, int height, int width) {
    return set(Window.KERNEL, List.of(depth, height, width));
  }

  /** The same step along all three axes. */
  public final S stride(int stride) {
    return stride(stride, stride, stride);
  }

  /** The steps along depth, height and width; 1 unless set. */
  public final S stride(int depth, int height, int width) {
    return set(Window.STRIDE, List.of(depth, height, width));
  }

  /** What happens at the border; {@link Padding#VALID} unless set. */
  public final S padding(Padding padding) {
    return set(Window.PADDING, padding);
  }

  /** The window as it is set. */
  final VolumeWindow window() {
    return VolumeWindow.ofKernel(this);
  }

  final void requireVolume(Shape input) {
    requireRank(input, 5, "(batch, depth, height, width, channels)", "insert a Reshape");
  }
}
