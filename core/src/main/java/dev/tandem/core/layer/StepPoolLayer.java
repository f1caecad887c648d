package dev.tandem.core.layer;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.image.PoolWindow;
import dev.tandem.core.tensor.Shape;

/**
 * One number for each window of each channel: (batch, steps, channels) to (batch, fewer steps,
 * channels). No weights.
 *
 * @param <S> the layer's own class
 */
abstract class StepPoolLayer<S extends StepPoolLayer<S>> extends SimpleLayer<S> {

  StepPoolLayer(LayerSettings settings) {
    super(settings);
  }

  static LayerSettings windowed(int size) {
    return LayerSettings.of(StepWindow.WINDOW, size);
  }

  /** How far the window goes at a time; its size unless set. */
  public final S stride(int stride) {
    return set(StepWindow.STRIDE, stride);
  }

  /** What happens at the ends, SAME or VALID; VALID unless set. */
  public final S padding(Padding padding) {
    return set(Window.PADDING, padding);
  }

  /** The numbers of an image's windows. */
  abstract Value pool(Ops ops, Value image, PoolWindow window);

  @Override
  protected final Shape output(Shape input) {
    requireSteps(input);
    return StepWindow.ofPool(settings()).output(this, input, input.size(-1));
  }

  @Override
  protected final Value forward(LayerCall forward, Value x) {
    Ops ops = forward.ops();
    Value image = StepWindow.image(ops, x);
    StepWindow window = StepWindow.ofPool(settings());
    PoolWindow over = new PoolWindow(1, window.size(), window.over(image.shape()));
    return StepWindow.sequence(ops, pool(ops, image, over));
  }
}
