package dev.tandem.core.layer;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The context in which a layer writes one call of itself. */
public interface LayerCall {

  /** The ops to write with. */
  Ops ops();

  /** Whether this is a training step; otherwise predict or evaluate. */
  boolean isTraining();

  /** Whether the layer's own flag was off when the trainer was compiled. */
  boolean isLayerFrozen();

  /**
   * The mask of an input, (batch, steps): 1 for steps that count and 0 for others. Null for an
   * input without one.
   */
  default @Nullable Value mask(int input) {
    return null;
  }

  /** A weight of the layer. */
  Value weight(Weight weight);

  /**
   * Moves a state weight at the end of the step, if this call is one that moves things: a call
   * reached only through frozen models, or a weight outside the trainer's selection, stays. A later
   * call in the same step goes on from the new value.
   */
  void update(Weight state, Value next);

  /**
   * Adds a scalar to the loss: an activity penalty. Where it is to be a mean over samples, it is
   * divided by the rows of the input over {@link #rowsPerSample()}.
   */
  void addLoss(Value scalar);

  /**
   * How many rows of the input belong to one sample: 1, but for a layer that is called on all steps
   * of sequences at once, as {@link TimeDistributed} does.
   */
  default long rowsPerSample() {
    return 1;
  }

  /**
   * Writes a call of another layer, which this one wraps; inputs of this call have the masks that
   * they have here.
   */
  default List<Value> call(Layer inner, List<Value> inputs) {
    return call(inner, inputs, Map.of());
  }

  /**
   * Writes a call of another layer, which this one wraps, with other values in place of some of its
   * weights. Gradients go through these values to what they were made from.
   */
  List<Value> call(Layer inner, List<Value> inputs, Map<Weight, Value> instead);

  /**
   * Writes a call of another layer, which this one wraps, on inputs of more rows than there are
   * samples.
   *
   * @param rows of the inputs for each row of this layer's own
   */
  default List<Value> callOnRows(Layer inner, List<Value> inputs, long rows) {
    return call(inner, inputs);
  }
}
