package dev.tandem.core.train;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Maps;
import dev.tandem.core.autodiff.Gradients;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.lowering.Lowered;
import dev.tandem.core.lowering.Lowering;
import dev.tandem.core.model.Snapshot;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.Variable;
import dev.tandem.core.train.Programs.Key;
import dev.tandem.core.worker.Workers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Builder of the graphs of a compiled model, each for one batch size. */
final class StepGraphs {

  private final Snapshot snapshot;
  private final ImmutableList<Head> heads;
  private final ImmutableList<TrainedWeight> moved;
  private final PartMemory memory;
  private final Map<Weight, Variable> pending = new HashMap<>();
  private final Map<Key, ImmutableSet<Weight>> written = new HashMap<>();

  /** No graph yet. */
  StepGraphs(
      Snapshot snapshot,
      ImmutableList<Head> heads,
      ImmutableList<TrainedWeight> moved,
      PartMemory memory) {
    this.memory = memory;
    this.snapshot = snapshot;
    this.heads = heads;
    this.moved = moved;
  }

  /** Builder of outputs alone. */
  static StepGraphs ofOutputs(Snapshot snapshot) {
    return new StepGraphs(
        snapshot,
        ImmutableList.of(),
        ImmutableList.of(),
        new PartMemory(snapshot.model(), Workers.alone()));
  }

  /** The variables in which the first half of a step leaves the next values of state. */
  ImmutableMap<Weight, Variable> pending(Set<Weight> states) {
    return Maps.toMap(states, this::pending);
  }

  private Variable pending(Weight state) {
    return pending.computeIfAbsent(state, weight -> TrainedWeight.filled(weight, "pending", 0));
  }

  /** The state whose next values a first half leaves pending; known once it is built. */
  ImmutableSet<Weight> written(Key key) {
    return Objects.requireNonNull(written.get(key));
  }

  /** Gives the memory of pending state back. */
  void free() {
    pending.values().forEach(Variable::free);
  }

  /** The same as it grows: a view. */
  Map<Weight, Variable> states() {
    return Collections.unmodifiableMap(pending);
  }

  /** The graph for a use. */
  OpGraph build(Key key) {
    return switch (key.use()) {
      case PREDICT -> predict(key.batch());
      case TEST, JUDGE -> test(key);
      case GRADIENTS -> VariableSubstitution.of(gradients(key, false), memory.whereFirstReads());
      case MORE_GRADIENTS ->
          VariableSubstitution.of(gradients(key, true), memory.whereOthersRead());
    };
  }

  /** The outputs alone, as in inference. */
  private OpGraph predict(long batch) {
    Ops ops = new Ops();
    List<Value> values = lower(ops, batch, false).outputs();
    List<String> names = snapshot.model().outputs().keySet().asList();
    Map<String, Value> outputs = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      outputs.put(StepInputNames.output(names.get(i)), values.get(i));
    }
    return ops.build(outputs);
  }

  /** Losses and judged outputs, as in inference. */
  private OpGraph test(Key key) {
    Ops ops = new Ops();
    Lowered lowered = lower(ops, key.batch(), false);
    Map<String, Value> outputs =
        new LinkedHashMap<>(
            new Objective(ops, lowered, heads, key.weighted(), key.batch()).outputs());
    if (key.use() == Programs.Use.JUDGE) {
      heads.stream()
          .filter(Head::needsTarget)
          .forEach(
              head -> {
                outputs.put(
                    StepInputNames.output(head.name()), lowered.outputs().get(head.index()));
                Value mask = lowered.masks().get(head.index());
                if (mask != null) {
                  outputs.put(StepInputNames.mask(head.name()), mask);
                }
              });
    }
    return ops.build(outputs);
  }

  /**
   * The first half of a step: losses, gradients into the gradient variables, and the next values of
   * state into their pending variables.
   *
   * @param more whether earlier parts of the step have left theirs there: then these are means of
   *     all parts, each of which starts from the state before the step
   */
  private OpGraph gradients(Key key, boolean more) {
    Ops ops = new Ops();
    Lowered lowered = lower(ops, key.batch(), true);
    Objective objective = new Objective(ops, lowered, heads, key.weighted(), key.batch());
    List<Value> weights = moved.stream().map(m -> ops.read(m.weight().variable())).toList();
    List<Value> gradients = Gradients.of(ops, objective.total(), weights);
    ops.origin("gradients");
    for (int i = 0; i < moved.size(); i++) {
      Variable target = moved.get(i).gradient();
      Value gradient = gradients.get(i);
      ops.assign(target, more ? mean(ops, ops.read(target), gradient) : gradient);
    }
    ImmutableMap<Weight, Value> updates = lowered.updates();
    ImmutableSet<Weight> states =
        ImmutableSet.<Weight>builder().addAll(key.pending()).addAll(updates.keySet()).build();
    for (Weight state : states) {
      Variable next = pending(state);
      Value after = updates.get(state);
      if (!more || PartMemory.isMemory(state)) {
        ops.assign(next, after == null ? ops.read(next) : after);
      } else {
        Value before = ops.read(state.variable());
        Value soFar = key.pending().contains(state) ? ops.read(next) : before;
        ops.assign(next, mean(ops, soFar, after == null ? before : after));
      }
    }
    written.put(key, states);
    return ops.build(objective.outputs());
  }

  /** The mean of all parts so far, one of which has a share of it. */
  private static Value mean(Ops ops, Value soFar, Value part) {
    Value share = ops.feed(StepInputNames.share(part.dtype()), part.dtype());
    return ops.add(soFar, ops.multiply(ops.subtract(part, soFar), share));
  }

  private Lowered lower(Ops ops, long batch, boolean training) {
    List<Value> inputs = new ArrayList<>();
    snapshot
        .model()
        .inputs()
        .forEach(
            (name, tensor) ->
                inputs.add(
                    ops.feed(
                        StepInputNames.input(name),
                        tensor.spec().withShape(tensor.shape().withBatch(batch)))));
    return Lowering.of(ops, snapshot, training, inputs);
  }
}
