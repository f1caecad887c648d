package dev.tandem.core.layer;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.image.ImageOps;
import dev.tandem.core.tensor.Check;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;

/**
 * Transposed convolution of sequences: what {@link Conv1D} sends back to its input. (batch, steps,
 * channels) to (batch, more steps, filters). Weights: kernel (window, filters, channels), bias
 * (filters). n steps become as many as an axis of {@link Conv2DTranspose} does.
 */
public final class Conv1DTranspose extends StepConvLayer<Conv1DTranspose> {

  private static final Setting<Integer> FILTERS =
      Setting.integer("filters").checked(Check::positive);
  private static final Setting<Integer> OUTPUT_PADDING =
      Setting.integer("outputPadding").called("output padding").checked(Check::notNegative);

  Conv1DTranspose(LayerSettings settings) {
    super(settings);
  }

  /** A layer with this many output channels, at least 1; set its {@code kernel} too. */
  public static Conv1DTranspose filters(int filters) {
    return new Conv1DTranspose(LayerSettings.of(FILTERS, filters));
  }

  /** What happens at the ends, SAME or VALID; VALID unless set. */
  public Conv1DTranspose padding(Padding padding) {
    return set(Window.PADDING, padding);
  }

  /** Further steps of the output, fewer than the stride; unset at first. */
  public Conv1DTranspose outputPadding(int steps) {
    return set(OUTPUT_PADDING, steps);
  }

  @Override
  protected void build(TensorSpec input) {
    long filters = get(FILTERS);
    Shape kernel = Shape.of(window().size(), filters, input.shape().size(-1));
    declare(kernel, filters, input.dtype());
  }

  @Override
  protected Shape output(Shape input) {
    requireSteps(input);
    StepWindow window = window();
    int further = find(OUTPUT_PADDING).orElse(-1);
    if (further >= window.stride()) {
      throw reject(
          "has an outputPadding that is not below its stride, " + further,
          input,
          "set a smaller one");
    }
    boolean same = window.padding() == Padding.SAME;
    long steps = Conv2DTranspose.size(input.size(1), window.span(), window.stride(), same, further);
    Shape made = Shape.of(input.size(0), steps, get(FILTERS));
    if (!window.output(this, made, input.size(-1)).equals(input)) {
      throw reject(
          "cannot make " + made + ": a convolution of that would be smaller than its input",
          input,
          "set another outputPadding or none");
    }
    return made;
  }

  @Override
  protected Value forward(LayerCall forward, Value x) {
    Ops ops = forward.ops();
    Shape image = StepWindow.image(output(x.shape()));
    Value kernel = StepWindow.row(ops, kernel(forward));
    Value y =
        ImageOps.conv2dTranspose(
            ops, StepWindow.image(ops, x), kernel, window().over(image), image);
    return StepWindow.sequence(ops, finish(forward, y));
  }
}
