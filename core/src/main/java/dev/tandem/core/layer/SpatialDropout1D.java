package dev.tandem.core.layer;

import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Shape;

/**
 * In training steps sets whole channels of samples to 0 at random and divides the others by 1 -
 * rate (Tompson et al., 2015, arXiv:1411.4280), since neighboring steps are alike; otherwise does
 * nothing. (batch, steps, channels) to the same shape. No weights.
 */
public final class SpatialDropout1D extends SimpleLayer<SpatialDropout1D> {

  SpatialDropout1D(LayerSettings settings) {
    super(settings);
  }

  /** A layer that drops this part of the channels, in [0, 1). */
  public static SpatialDropout1D rate(double rate) {
    return new SpatialDropout1D(LayerSettings.of(Dropout.RATE, rate));
  }

  @Override
  protected Shape output(Shape input) {
    requireSteps(input);
    return input;
  }

  @Override
  protected Value forward(LayerCall forward, Value x) {
    return Dropout.drop(forward, x, get(Dropout.RATE), x.shape().with(1, 1));
  }

  @Override
  protected boolean carriesMasks() {
    return true;
  }
}
