package dev.tandem.core.layer;

import java.util.List;

/**
 * A layer whose kernel is a window that walks over images (batch, height, width, channels).
 *
 * @param <S> the layer's own class
 */
abstract class ConvLayer<S extends ConvLayer<S>> extends KernelLayer<S> {

  ConvLayer(LayerSettings settings) {
    super(settings);
  }

  /** A square window. */
  public final S kernel(int size) {
    return kernel(size, size);
  }

  /** The rows and columns of the window; has to be set. */
  public final S kernel(int height, int width) {
    return set(Window.KERNEL, List.of(height, width));
  }

  /** The same step down and right. */
  public final S stride(int stride) {
    return stride(stride, stride);
  }

  /** The steps down and right; 1 unless set. */
  public final S stride(int height, int width) {
    return set(Window.STRIDE, List.of(height, width));
  }

  /** What happens at the border; {@link Padding#VALID} unless set. */
  public final S padding(Padding padding) {
    return set(Window.PADDING, padding);
  }

  /** The same distance between rows and between columns of the window. */
  public final S dilation(int dilation) {
    return dilation(dilation, dilation);
  }

  /** The distances between rows and between columns of the window; 1 unless set. */
  public final S dilation(int height, int width) {
    return set(Window.DILATION, List.of(height, width));
  }

  /** The window as it is set. */
  final Window window() {
    return Window.ofKernel(this);
  }
}
