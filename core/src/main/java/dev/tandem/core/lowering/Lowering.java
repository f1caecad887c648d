package dev.tandem.core.lowering;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.LayerCall;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.model.CallSite;
import dev.tandem.core.model.Model;
import dev.tandem.core.model.ModelWalk;
import dev.tandem.core.model.Selection;
import dev.tandem.core.model.Snapshot;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.TensorSpec;
import java.util.ArrayList;
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
    List<Value> outputs =
        ModelWalk.interpret(
            snapshot.model(),
            snapshot.flags(),
            inputs,
            (node, layer, site, in) ->
                lowering.layer(
                    layer, in, new Around(site, site.isInference(), site.path(), 1, Map.of())));
    return new Lowered(
        ImmutableList.copyOf(outputs),
        ImmutableList.copyOf(lowering.layers),
        ImmutableList.copyOf(lowering.activityLosses),
        ImmutableMap.copyOf(lowering.updates));
  }

  /**
   * What a model computes in inference, with feeds and outputs named as its inputs and outputs.
   *
   * @param batch the number of samples
   */
  public static OpGraph predictor(Model model, long batch) {
    Ops ops = new Ops();
    List<Value> inputs = new ArrayList<>();
    model
        .inputs()
        .forEach(
            (name, tensor) -> {
              TensorSpec spec = tensor.spec();
              inputs.add(ops.feed(name, spec.withShape(spec.shape().withBatch(batch))));
            });
    Snapshot snapshot = Snapshot.of(model, Selection.all());
    List<Value> values = of(ops, snapshot, false, inputs).outputs();
    Map<String, Value> outputs = new LinkedHashMap<>();
    List<String> names = model.outputs().keySet().asList();
    for (int i = 0; i < names.size(); i++) {
      outputs.put(names.get(i), values.get(i));
    }
    return ops.build(outputs);
  }

  /**
   * The surroundings of a call of a layer.
   *
   * @param site its place in the model
   * @param inference whether it runs as in inference
   * @param path of its place
   * @param rowsPerSample how many of its rows belong to one sample
   * @param instead values in place of weights
   */
  private record Around(
      CallSite site,
      boolean inference,
      String path,
      long rowsPerSample,
      Map<Weight, Value> instead) {

    /** The surroundings of a call in this one. */
    Around inside(CallSite inner, boolean asInInference, long rows, Map<Weight, Value> others) {
      Map<Weight, Value> all = new LinkedHashMap<>(instead);
      all.putAll(others);
      String innerPath = path + "/" + inner.name();
      return new Around(inner, asInInference, innerPath, rowsPerSample * rows, all);
    }
  }

  /** One call of a layer. */
  private List<Value> layer(Layer layer, List<Value> inputs, Around around) {
    layers.add(layer);
    String before = ops.origin(around.path());
    try {
      return layer.write(new Call(layer, around), inputs, around.path());
    } finally {
      ops.origin(before);
    }
  }

  /** One call being written. */
  private final class Call implements LayerCall {

    private final Layer layer;
    private final Around around;

    Call(Layer layer, Around around) {
      this.layer = layer;
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
      return around.site().isFrozen();
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
              && around.site().isLive()
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
      CallSite site = around.site().wrapped(layer, inner);
      return layer(inner, inputs, around.inside(site, !isTraining(), rows, others));
    }
  }
}
