package dev.tandem.core.layer;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Shape;

/**
 * Convolution of sequences in two, of each channel by itself and then of all channels at each step:
 * (batch, steps, channels) to (batch, fewer steps, filters) with steps by {@link Padding}. Weights:
 * depthwise_kernel (window, channels, multiplier), pointwise_kernel (1, channels · multiplier,
 * filters), bias (filters).
 */
public final class SeparableConv1D extends SeparableLayer<SeparableConv1D> {

  SeparableConv1D(LayerSettings settings) {
    super(settings);
  }

  /** A layer with this many output channels, at least 1; set its {@code kernel} too. */
  public static SeparableConv1D filters(int filters) {
    return new SeparableConv1D(filtered(filters));
  }

  /** The steps of the window; has to be set. */
  public SeparableConv1D kernel(int size) {
    return set(StepWindow.KERNEL, size);
  }

  /** How far the window goes at a time; 1 unless set. */
  public SeparableConv1D stride(int stride) {
    return set(StepWindow.STRIDE, stride);
  }

  /** The distance between steps of the window; 1 unless set. */
  public SeparableConv1D dilation(int dilation) {
    return set(StepWindow.DILATION, dilation);
  }

  /** What happens at the ends, {@link Padding#CAUSAL} among them; VALID unless set. */
  public SeparableConv1D padding(Padding padding) {
    return set(StepWindow.PADDING, padding);
  }

  private StepWindow window() {
    return StepWindow.ofKernel(this);
  }

  @Override
  Shape windowSizes() {
    return Shape.of(window().size());
  }

  @Override
  protected Shape output(Shape input) {
    requireSteps(input);
    return window().output(this, input, filters());
  }

  @Override
  protected Value forward(LayerCall forward, Value x) {
    Ops ops = forward.ops();
    Value image = StepWindow.image(ops, x);
    return StepWindow.sequence(ops, convolve(forward, image, window().over(image.shape())));
  }
}
