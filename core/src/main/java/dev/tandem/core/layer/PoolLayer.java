package dev.tandem.core.layer;

import dev.tandem.core.op.image.PoolWindow;
import dev.tandem.core.tensor.Shape;
import java.util.List;

/**
 * One number for each window of each channel: (batch, height, width, channels) to (batch, rows,
 * columns, channels). No weights.
 *
 * @param <S> the layer's own class
 */
abstract class PoolLayer<S extends PoolLayer<S>> extends SimpleLayer<S> {

  PoolLayer(LayerSettings settings) {
    super(settings);
  }

  static LayerSettings windowed(int height, int width) {
    return LayerSettings.of(Window.WINDOW, List.of(height, width));
  }

  /** The same step down and right. */
  public final S stride(int stride) {
    return stride(stride, stride);
  }

  /** The steps down and right; the window's size unless set. */
  public final S stride(int height, int width) {
    return set(Window.STRIDE, List.of(height, width));
  }

  /** What happens at the border; {@link Padding#VALID} unless set. */
  public final S padding(Padding padding) {
    return set(Window.PADDING, padding);
  }

  @Override
  protected final Shape output(Shape input) {
    requireImage(input);
    return Window.ofPool(settings()).output(this, input, input.size(-1));
  }

  final PoolWindow over(Shape image) {
    Window window = Window.ofPool(settings());
    return new PoolWindow(window.height(), window.width(), window.over(image));
  }
}
