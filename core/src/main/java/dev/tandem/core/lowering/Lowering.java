package dev.tandem.core.lowering;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.tandem.core.graph.Naming;
import dev.tandem.core.graph.Node;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.LayerCall;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.model.Model;
import dev.tandem.core.model.ModelPath;
import dev.tandem.core.model.ModelWalk;
import dev.tandem.core.model.Snapshot;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes a model's calls in ops. A call moves state iff no model on its path was frozen, its layer
 * was not, and the selection accepted the state: the gate of parameters, call by call.
 */
public final class Lowering {

  private final Ops ops;
  private final Snapshot snapshot;
  private final boolean training;
  private final Set<Weight> weights;
  private final Set<Layer> layers = new LinkedHashSet<>();
  private final List<Value> activityLosses = new ArrayList<>();
  private final Map<Weight, Value> updates = new LinkedHashMap<>();

  private Lowering(Ops ops, Snapshot snapshot, boolean training) {
    this.ops = ops;
    this.snapshot = snapshot;
    this.training = training;
    this.weights = ImmutableSet.copyOf(snapshot.model().weights());
  }

  /**
   * Writes a model.
   *
   * @param inputs values for its inputs, of one batch size
   */
  public static Lowered of(Ops ops, Snapshot snapshot, boolean training, List<Value> inputs) {
    Lowering lowering = new Lowering(ops, snapshot, training);
    List<Value> outputs = ModelWalk.interpret(snapshot.model(), inputs, lowering.new Calls());
    return new Lowered(
        ImmutableList.copyOf(outputs),
        ImmutableList.copyOf(lowering.layers),
        ImmutableList.copyOf(lowering.activityLosses),
        ImmutableMap.copyOf(lowering.updates));
  }

  /** The calls on the way, with the path and the flags of the models around them. */
  private final class Calls implements ModelWalk.Interpreter<Value> {

    private final Deque<Boolean> live = new ArrayDeque<>();
    private final Deque<Boolean> inference = new ArrayDeque<>();
    private final ModelPath path = new ModelPath();

    @Override
    public void enter(Model model, boolean asInInference) {
      inference.push(asInInference || !inference.isEmpty() && inference.peek());
      live.push((live.isEmpty() || live.peek()) && snapshot.flags().isOn(model));
      path.enter(model);
    }

    @Override
    public void leave(Model model) {
      live.pop();
      inference.pop();
      path.leave();
    }

    @Override
    public List<Value> call(Node node, Layer layer, Model in, List<Value> inputs) {
      Around around =
          new Around(
              live.peek(),
              inference.peek(),
              false,
              path.of(in.graph().naming().nameOf(layer)),
              1,
              Map.of());
      return layer(layer, inputs, around);
    }
  }

  /**
   * What is around a call of a layer.
   *
   * @param live whether no model on the way was frozen
   * @param inference whether it runs as in inference
   * @param frozen whether a layer that wraps this one was
   * @param place the path of the call
   * @param rowsPerSample how many of its rows belong to one sample
   * @param instead values in place of weights
   */
  private record Around(
      boolean live,
      boolean inference,
      boolean frozen,
      String place,
      long rowsPerSample,
      Map<Weight, Value> instead) {

    /** What is around a call in this one. */
    Around inside(
        boolean asInInference,
        boolean layerFrozen,
        String inner,
        long rows,
        Map<Weight, Value> others) {
      Map<Weight, Value> all = new LinkedHashMap<>(instead);
      all.putAll(others);
      String innerPlace = place + "/" + inner;
      return new Around(live, asInInference, layerFrozen, innerPlace, rowsPerSample * rows, all);
    }
  }

  /** One call of a layer; a frozen layer freezes those that it wraps. */
  private List<Value> layer(Layer layer, List<Value> inputs, Around around) {
    layers.add(layer);
    boolean frozen = around.frozen() || !snapshot.flags().isOn(layer);
    String before = ops.origin(around.place());
    try {
      return layer.write(new Call(layer, frozen, around), inputs, around.place());
    } finally {
      ops.origin(before);
    }
  }

  /** One call being written. */
  private final class Call implements LayerCall {

    private final Layer layer;
    private final boolean frozen;
    private final Around around;

    Call(Layer layer, boolean frozen, Around around) {
      this.layer = layer;
      this.frozen = frozen;
      this.around = around;
    }

    @Override
    public Ops ops() {
      return ops;
    }

    @Override
    public boolean isTraining() {
      return training && !around.inference() && !snapshot.inference().contains(layer);
    }

    @Override
    public boolean isLayerFrozen() {
      return frozen;
    }

    @Override
    public long rowsPerSample() {
      return around.rowsPerSample();
    }

    @Override
    public Value weight(Weight weight) {
      Value other = around.instead().get(weight);
      if (other != null) {
        return other;
      }
      requireKnown(weight);
      Value moved = updates.get(weight);
      return moved == null ? ops.read(weight.variable()) : moved;
    }

    @Override
    public void update(Weight state, Value next) {
      boolean moves =
          isTraining()
              && around.live()
              && !frozen
              && snapshot.flags().isOn(state.owner())
              && snapshot.selectedState().contains(state);
      if (moves) {
        updates.put(state, next);
      }
    }

    /**
     * State may be that of a layer that another model calls; a parameter has to be trained here.
     */
    private void requireKnown(Weight weight) {
      if (weight.isParameter() && !weights.contains(weight)) {
        throw new IllegalStateException(
            layer
                + " reads the weight \""
                + weight.path()
                + "\", which "
                + snapshot.model()
                + " does not know: it would not be trained, saved or copied; let inner() of the"
                + " layer return "
                + weight.owner()
                + " and call that through the Forward");
      }
    }

    @Override
    public void addLoss(Value scalar) {
      activityLosses.add(scalar);
    }

    @Override
    public List<Value> call(Layer inner, List<Value> inputs, Map<Weight, Value> others) {
      return call(inner, inputs, 1, others);
    }

    @Override
    public List<Value> callOnRows(Layer inner, List<Value> inputs, long rows) {
      return call(inner, inputs, rows, Map.of());
    }

    private List<Value> call(
        Layer inner, List<Value> inputs, long rows, Map<Weight, Value> others) {
      if (!layer.inner().contains(inner)) {
        throw new IllegalStateException(
            layer
                + " calls "
                + inner
                + " and does not name it in inner(), so its weights would not be trained, saved or"
                + " copied; let inner() return it");
      }
      String name = Naming.of(layer.inner()).nameOf(inner);
      return layer(inner, inputs, around.inside(!isTraining(), frozen, name, rows, others));
    }
  }
}
