package dev.tandem.core.layer;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;

/**
 * The first of two tensors of one shape minus the second; axes of size 1 are repeated. No weights.
 */
public final class Subtract extends MergeLayer<Subtract> {

  Subtract(LayerSettings settings) {
    super(settings);
  }

  /** A layer that subtracts. */
  public static Subtract of() {
    return new Subtract(LayerSettings.none());
  }

  @Override
  Value merge(Ops ops, Value a, Value b) {
    return ops.subtract(a, b);
  }

  @Override
  protected List<TensorSpec> outputs(List<TensorSpec> inputs) {
    if (inputs.size() != 2) {
      throw reject("expects two inputs", shapes(inputs), "add up what is subtracted first");
    }
    return super.outputs(inputs);
  }
}
