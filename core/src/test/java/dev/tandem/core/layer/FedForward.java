package dev.tandem.core.layer;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One call of a layer outside of any model, with given values as weights. */
final class FedForward implements LayerCall {

  private final Ops ops;
  private final boolean training;
  private final boolean frozen;
  private final Map<Weight, Value> weights = new HashMap<>();
  private Value losses;

  FedForward(Ops ops, boolean training, boolean frozen) {
    this.ops = ops;
    this.training = training;
    this.frozen = frozen;
  }

  void give(Weight weight, Value value) {
    weights.put(weight, value);
  }

  /** The sum of the penalties so far, or null. */
  Value losses() {
    return losses;
  }

  @Override
  public Ops ops() {
    return ops;
  }

  @Override
  public boolean isTraining() {
    return training;
  }

  @Override
  public boolean isLayerFrozen() {
    return frozen;
  }

  @Override
  public Value weight(Weight weight) {
    return weights.get(weight);
  }

  @Override
  public void update(Weight state, Value next) {}

  @Override
  public void addLoss(Value scalar) {
    losses = losses == null ? scalar : ops.add(losses, scalar);
  }

  @Override
  public List<Value> call(Layer inner, List<Value> inputs, Map<Weight, Value> instead) {
    Map<Weight, Value> before = Map.copyOf(weights);
    weights.putAll(instead);
    List<Value> outputs = inner.write(this, inputs, inner.name());
    weights.putAll(before);
    return outputs;
  }
}
