package dev.tandem.core.layer;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.image.ImageOps;
import dev.tandem.core.tensor.Check;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;

/**
 * Convolution of sequences: {@code activation(conv(x, kernel) + bias)}, (batch, steps, channels) to
 * (batch, fewer steps, filters) with steps by {@link Padding}. Weights: kernel (window, channels,
 * filters), bias (filters).
 */
public final class Conv1D extends StepConvLayer<Conv1D> {

  private static final Setting<Integer> FILTERS =
      Setting.integer("filters").checked(Check::positive);

  Conv1D(LayerSettings settings) {
    super(settings);
  }

  /** A layer with this many output channels, at least 1; set its {@code kernel} too. */
  public static Conv1D filters(int filters) {
    return new Conv1D(LayerSettings.of(FILTERS, filters));
  }

  /** What happens at the ends, {@link Padding#CAUSAL} among them; VALID unless set. */
  public Conv1D padding(Padding padding) {
    return set(StepWindow.PADDING, padding);
  }

  @Override
  protected void build(TensorSpec input) {
    long filters = get(FILTERS);
    Shape kernel = Shape.of(window().size(), input.shape().size(-1), filters);
    declare(kernel, filters, input.dtype());
  }

  @Override
  protected Shape output(Shape input) {
    requireSteps(input);
    return window().output(this, input, get(FILTERS));
  }

  @Override
  protected Value forward(LayerCall forward, Value x) {
    Ops ops = forward.ops();
    Value image = StepWindow.image(ops, x);
    Value kernel = StepWindow.row(ops, kernel(forward));
    Value y = ImageOps.conv2d(ops, image, kernel, window().over(image.shape()));
    return StepWindow.sequence(ops, finish(forward, y));
  }
}
