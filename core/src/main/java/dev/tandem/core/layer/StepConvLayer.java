package dev.tandem.core.layer;

/**
 * A layer whose kernel is a window that walks along sequences (batch, steps, channels).
 *
 * @param <S> the layer's own class
 */
abstract class StepConvLayer<S extends StepConvLayer<S>> extends KernelLayer<S> {

  StepConvLayer(LayerSettings settings) {
    super(settings);
  }

  /** The steps of the window; has to be set. */
  public final S kernel(int size) {
    return set(StepWindow.KERNEL, size);
  }

  /** How far the window goes at a time; 1 unless set. */
  public final S stride(int stride) {
    return set(StepWindow.STRIDE, stride);
  }

  /** The distance between steps of the window; 1 unless set. */
  public final S dilation(int dilation) {
    return set(StepWindow.DILATION, dilation);
  }

  /** The window as it is set. */
  final StepWindow window() {
    return StepWindow.ofKernel(this);
  }
}
