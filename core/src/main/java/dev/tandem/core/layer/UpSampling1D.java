package dev.tandem.core.layer;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.image.ImageOps;
import dev.tandem.core.tensor.Check;
import dev.tandem.core.tensor.Shape;

/** Each step repeated: (batch, steps, channels) to (batch, steps · size, channels). No weights. */
public final class UpSampling1D extends SimpleLayer<UpSampling1D> {

  private static final Setting<Integer> SIZE =
      Setting.integer("size").called("upsampling size").checked(Check::positive);

  UpSampling1D(LayerSettings settings) {
    super(settings);
  }

  /** A layer that repeats each step so many times. */
  public static UpSampling1D size(int size) {
    return new UpSampling1D(LayerSettings.of(SIZE, size));
  }

  @Override
  protected Shape output(Shape input) {
    requireSteps(input);
    return input.with(1, input.size(1) * get(SIZE));
  }

  @Override
  protected Value forward(LayerCall forward, Value x) {
    Ops ops = forward.ops();
    Value image = ImageOps.upSample2d(ops, StepWindow.image(ops, x), 1, get(SIZE));
    return StepWindow.sequence(ops, image);
  }
}
