package dev.tandem.core.lowering;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.tandem.core.graph.Node;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Forward;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.model.Model;
import dev.tandem.core.model.Snapshot;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes a model's calls in ops. A call moves state iff no model on its path was frozen, its layer
 * was not, and the selection accepts the state: the gate of parameters, call by call.
 */
public final class Lowering {

  private final Ops ops;
  private final Snapshot snapshot;
  private final boolean training;
  private final Set<Layer> layers = new LinkedHashSet<>();
  private final List<Value> activityLosses = new ArrayList<>();
  private final Map<Weight, Value> updates = new LinkedHashMap<>();

  private Lowering(Ops ops, Snapshot snapshot, boolean training) {
    this.ops = ops;
    this.snapshot = snapshot;
    this.training = training;
  }

  /**
   * Writes a model.
   *
   * @param inputs values for its inputs, of one batch size
   */
  public static Lowered of(Ops ops, Snapshot snapshot, boolean training, List<Value> inputs) {
    Lowering lowering = new Lowering(ops, snapshot, training);
    List<Value> outputs = lowering.model(snapshot.model(), inputs, true, "");
    return new Lowered(
        ImmutableList.copyOf(outputs),
        ImmutableList.copyOf(lowering.layers),
        ImmutableList.copyOf(lowering.activityLosses),
        ImmutableMap.copyOf(lowering.updates));
  }

  private List<Value> model(Model model, List<Value> inputs, boolean live, String path) {
    boolean moving = live && snapshot.flags().isOn(model);
    Map<SymbolicTensor, Value> given = new HashMap<>();
    for (int i = 0; i < inputs.size(); i++) {
      given.put(model.graph().inputs().get(i), inputs.get(i));
    }
    Map<SymbolicTensor, Value> values =
        model.graph().interpret(given, (node, in) -> call(node, in, moving, path));
    return model.graph().outputs().stream().map(values::get).toList();
  }

  private List<Value> call(Node node, List<Value> inputs, boolean live, String path) {
    String place = path + node.callee().name();
    if (node.callee() instanceof Model inner) {
      return model(inner, inputs, live, place + "/");
    }
    return layer((Layer) node.callee(), inputs, live, false, place, Map.of());
  }

  /** One call of a layer; a frozen layer freezes those that it wraps. */
  private List<Value> layer(
      Layer layer,
      List<Value> inputs,
      boolean live,
      boolean wrappedInFrozen,
      String place,
      Map<Weight, Value> instead) {
    layers.add(layer);
    boolean frozen = wrappedInFrozen || !snapshot.flags().isOn(layer);
    String before = ops.origin(place);
    try {
      return layer.write(new Call(live, frozen, place, instead), inputs);
    } finally {
      ops.origin(before);
    }
  }

  /** One call being written. */
  private final class Call implements Forward {

    private final boolean live;
    private final boolean frozen;
    private final String place;
    private final Map<Weight, Value> instead;

    Call(boolean live, boolean frozen, String place, Map<Weight, Value> instead) {
      this.live = live;
      this.frozen = frozen;
      this.place = place;
      this.instead = instead;
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
      Value other = instead.get(weight);
      if (other != null) {
        return other;
      }
      Value moved = updates.get(weight);
      return moved == null ? ops.read(weight.variable()) : moved;
    }

    @Override
    public void update(Weight state, Value next) {
      boolean moves =
          training
              && live
              && !frozen
              && snapshot.flags().isOn(state.owner())
              && snapshot.selection().accepts(state);
      if (moves) {
        updates.put(state, next);
      }
    }

    @Override
    public void addLoss(Value scalar) {
      activityLosses.add(scalar);
    }

    @Override
    public List<Value> call(Layer inner, List<Value> inputs, Map<Weight, Value> others) {
      Map<Weight, Value> all = new LinkedHashMap<>(instead);
      all.putAll(others);
      return layer(inner, inputs, live, frozen, place + "/" + inner.name(), all);
    }
  }
}
