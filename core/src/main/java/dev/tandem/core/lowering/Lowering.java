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
import org.jspecify.annotations.Nullable;

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
    List<Carried> outputs =
        ModelWalk.interpret(
            snapshot.model(),
            snapshot.flags(),
            inputs.stream().map(input -> new Carried(input, null)).toList(),
            (node, layer, site, in) ->
                lowering.layer(
                    layer, in, new Around(site, site.isInference(), site.path(), 1, Map.of())));
    ImmutableMap.Builder<Integer, Value> masks = ImmutableMap.builder();
    for (int i = 0; i < outputs.size(); i++) {
      Value mask = outputs.get(i).mask();
      if (mask != null) {
        masks.put(i, mask);
      }
    }
    return new Lowered(
        outputs.stream().map(Carried::value).collect(ImmutableList.toImmutableList()),
        masks.buildOrThrow(),
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
   * What a tensor is in ops.
   *
   * @param mask that goes along with it, (batch, steps), or null
   */
  private record Carried(Value value, @Nullable Value mask) {}

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
  private List<Carried> layer(Layer layer, List<Carried> inputs, Around around) {
    layers.add(layer);
    List<Value> values = inputs.stream().map(Carried::value).toList();
    List<@Nullable Value> masks = new ArrayList<>();
    inputs.forEach(input -> masks.add(input.mask()));
    String before = ops.origin(around.path());
    try {
      List<Value> made = layer.write(new Call(layer, around, values, masks), values, around.path());
      List<@Nullable Value> left = layer.writeMasks(ops, values, masks, made, around.path());
      List<Carried> outputs = new ArrayList<>();
      for (int i = 0; i < made.size(); i++) {
        outputs.add(new Carried(made.get(i), left.get(i)));
      }
      return outputs;
    } finally {
      ops.origin(before);
    }
  }

  /** One call being written. */
  private final class Call implements LayerCall {

    private final Layer layer;
    private final Around around;
    private final List<Value> inputs;
    private final List<@Nullable Value> masks;

    Call(Layer layer, Around around, List<Value> inputs, List<@Nullable Value> masks) {
      this.layer = layer;
      this.around = around;
      this.inputs = inputs;
      this.masks = masks;
    }

    @Override
    public @Nullable Value mask(int input) {
      return masks.get(input);
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
    public List<Value> call(Layer inner, List<Value> values, Map<Weight, Value> others) {
      return call(inner, carried(values), 1, others);
    }

    /** Inputs of this call have the masks that they have here, and others none. */
    private List<Carried> carried(List<Value> values) {
      List<Carried> all = new ArrayList<>();
      for (Value value : values) {
        int own = inputs.indexOf(value);
        all.add(new Carried(value, own < 0 ? null : masks.get(own)));
      }
      return all;
    }

    @Override
    public List<Value> callOnRows(Layer inner, List<Value> values, long rows) {
      return call(inner, carried(values), rows, Map.of());
    }

    private List<Value> call(
        Layer inner, List<Carried> given, long rows, Map<Weight, Value> others) {
      if (!layer.inner().contains(inner)) {
        throw new IllegalStateException(
            layer
                + " calls "
                + inner
                + " and does not name it in inner(), so its weights would not be trained, saved or"
                + " copied; let inner() return it");
      }
      CallSite site = around.site().wrapped(layer, inner);
      Around inside = around.inside(site, !isTraining(), rows, others);
      return layer(inner, given, inside).stream().map(Carried::value).toList();
    }
  }
}
