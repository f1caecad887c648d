package dev.tandem.core.layer;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Check;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;

/**
 * {@code activation(x · kernel + bias)} along the last axis: (batch, …, features) to (batch, …,
 * units). Weights: kernel (features, units), bias (units).
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
    if (input.rank() < 2) {
      throw reject(
          "expects rank 2 input (batch, …, features) or higher", input, "insert a Reshape");
    }
    return input.with(-1, get(UNITS));
  }

  @Override
  protected Value forward(LayerCall forward, Value x) {
    Ops ops = forward.ops();
    if (x.rank() == 2) {
      return finish(forward, ops.matmul(x, kernel(forward)));
    }
    long features = x.shape().size(-1);
    long rows = x.shape().length() / features;
    long rowsPerSample = rows / x.shape().size(0) * forward.rowsPerSample();
    Value y = ops.matmul(ops.reshape(x, rows, features), kernel(forward));
    return ops.reshape(finish(forward, y, rowsPerSample), output(x.shape()));
  }

  @Override
  protected boolean carriesMasks() {
    return true;
  }
}
