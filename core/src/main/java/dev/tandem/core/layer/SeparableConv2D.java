package dev.tandem.core.layer;

import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Shape;
import java.util.List;

/**
 * Convolution of images in two, of each channel by itself and then of all channels at each pixel:
 * (batch, height, width, channels) to (batch, rows, columns, filters) with rows and columns by
 * {@link Padding}. Weights: depthwise_kernel (kernel height, kernel width, channels, multiplier),
 * pointwise_kernel (1, 1, channels · multiplier, filters), bias (filters).
 */
public final class SeparableConv2D extends SeparableLayer<SeparableConv2D> {

  SeparableConv2D(LayerSettings settings) {
    super(settings);
  }

  /** A layer with this many output channels, at least 1; set its {@code kernel} too. */
  public static SeparableConv2D filters(int filters) {
    return new SeparableConv2D(filtered(filters));
  }

  /** A square window. */
  public SeparableConv2D kernel(int size) {
    return kernel(size, size);
  }

  /** The rows and columns of the window; has to be set. */
  public SeparableConv2D kernel(int height, int width) {
    return set(Window.KERNEL, List.of(height, width));
  }

  /** The same step down and right. */
  public SeparableConv2D stride(int stride) {
    return stride(stride, stride);
  }

  /** The steps down and right; 1 unless set. */
  public SeparableConv2D stride(int height, int width) {
    return set(Window.STRIDE, List.of(height, width));
  }

  /** The same distance between rows and between columns of the window. */
  public SeparableConv2D dilation(int dilation) {
    return dilation(dilation, dilation);
  }

  /** The distances between rows and between columns of the window; 1 unless set. */
  public SeparableConv2D dilation(int height, int width) {
    return set(Window.DILATION, List.of(height, width));
  }

  /** What happens at the border, SAME or VALID; VALID unless set. */
  public SeparableConv2D padding(Padding padding) {
    return set(Window.PADDING, padding);
  }

  private Window window() {
    return Window.ofKernel(this);
  }

  @Override
  Shape windowSizes() {
    return Shape.of(window().height(), window().width());
  }

  @Override
  protected Shape output(Shape input) {
    requireImage(input);
    return window().output(this, input, filters());
  }

  @Override
  protected Value forward(LayerCall forward, Value x) {
    return convolve(forward, x, window().over(x.shape()));
  }
}
