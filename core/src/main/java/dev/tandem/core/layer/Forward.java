package dev.tandem.core.layer;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import java.util.List;
import java.util.Map;

/** Where a layer writes one call of itself. */
public interface Forward {

  /** The ops to write with. */
  Ops ops();

  /** Whether this is a training step; otherwise predict or evaluate. */
  boolean isTraining();

  /** Whether the layer's own flag was off when the trainer was compiled. */
  boolean isLayerFrozen();

  /** A weight of the layer. */
  Value weight(Weight weight);

  /**
   * Moves a state weight at the end of the step, if this call is one that moves things: a call
   * reached only through frozen models, or a weight outside the trainer's selection, stays. A later
   * call in the same step goes on from the new value.
   */
  void update(Weight state, Value next);

  /** Adds a scalar to the loss: an activity penalty. */
  void addLoss(Value scalar);

  /** Writes a call of another layer, which this one wraps. */
  default List<Value> call(Layer inner, List<Value> inputs) {
    return call(inner, inputs, Map.of());
  }

  /**
   * Writes a call of another layer, which this one wraps, with other values in place of some of its
   * weights. Gradients go through these values to what they were made from.
   */
  List<Value> call(Layer inner, List<Value> inputs, Map<Weight, Value> instead);
}
