package dev.tandem.core.layer;

import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Check;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;

/**
 * {@code activation(x · kernel + bias)}: (batch, features) to (batch, units). Weights: kernel
 * (features, units), bias (units).
 */
public final class Dense extends KernelLayer<Dense> {

  private static final Setting<Integer> UNITS = Setting.integer("units").checked(Check::positive);

  Dense(LayerSettings settings) {
    super(settings);
  }

  /** A layer with this many outputs per sample, at least 1. */
  public static Dense units(int units) {
    return new Dense(LayerSettings.of(UNITS, units));
  }

  @Override
  protected void build(TensorSpec input) {
    long units = get(UNITS);
    declare(Shape.of(input.shape().size(-1), units), units, input.dtype());
  }

  @Override
  protected Shape output(Shape input) {
    requireRank(
        input,
        2,
        "(batch, features)",
        input.rank() == 3 ? "insert a Flatten or wrap it in TimeDistributed" : "insert a Flatten");
    return input.with(-1, get(UNITS));
  }

  @Override
  protected Value forward(LayerCall forward, Value x) {
    return finish(forward, forward.ops().matmul(x, kernel(forward)));
  }
}
