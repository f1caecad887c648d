package dev.tandem.core.layer;

import dev.tandem.core.op.image.PoolWindow;
import dev.tandem.core.tensor.Shape;

/**
 * One number for each window of each channel: (batch, height, width, channels) to (batch, rows,
 * columns, channels). No weights.
 *
 * @param <S> the layer's own class
 */
abstract class PoolLayer<S extends PoolLayer<S>> extends SimpleLayer<S> {

  PoolLayer(Config config) {
    super(config);
  }

  static Config windowed(int height, int width) {
    return Config.empty().with("window", Check.positives("pool window", height, width));
  }

  /** The same step down and right. */
  public final S stride(int stride) {
    return stride(stride, stride);
  }

  /** The steps down and right; the window's size unless set. */
  public final S stride(int height, int width) {
    return set("stride", Check.positives("stride", height, width));
  }

  /** What happens at the border; {@link Padding#VALID} unless set. */
  public final S padding(Padding padding) {
    return set("padding", padding);
  }

  @Override
  protected final Shape output(Shape input) {
    requireImage(input);
    return Window.ofPool(config()).output(this, input, input.size(-1));
  }

  final PoolWindow over(Shape image) {
    Window window = Window.ofPool(config());
    return new PoolWindow(window.height(), window.width(), window.over(image));
  }
}
