package dev.tandem.core.train;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.autodiff.Gradients;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.lowering.Lowered;
import dev.tandem.core.lowering.Lowering;
import dev.tandem.core.model.Snapshot;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.Variable;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Draws the graphs of a model for one batch size. */
final class Drawing {

  private final Ops ops = new Ops();
  private final Map<String, Value> outputs = new LinkedHashMap<>();
  private final Snapshot snapshot;
  private final ImmutableList<Head> heads;
  private final long batch;

  private Drawing(Snapshot snapshot, ImmutableList<Head> heads, long batch) {
    this.snapshot = snapshot;
    this.heads = heads;
    this.batch = batch;
  }

  /** The outputs alone, as in inference. */
  static OpGraph predict(Snapshot snapshot, long batch) {
    Drawing drawing = new Drawing(snapshot, ImmutableList.of(), batch);
    List<Value> values = drawing.lower(false).outputs();
    List<String> names = snapshot.model().outputs().keySet().asList();
    for (int i = 0; i < names.size(); i++) {
      drawing.outputs.put(PortNames.output(names.get(i)), values.get(i));
    }
    return drawing.ops.build(drawing.outputs);
  }

  /** The losses and judged outputs, as in inference. */
  static OpGraph test(
      Snapshot snapshot, ImmutableList<Head> heads, Set<String> weighted, long batch) {
    Drawing drawing = new Drawing(snapshot, heads, batch);
    drawing.loss(drawing.lower(false), weighted);
    return drawing.ops.build(drawing.outputs);
  }

  /**
   * The first half of a step: losses, gradients into the gradient variables, and the next values of
   * state weights into their pending variables.
   *
   * @param accumulate whether gradients are added to what is there
   * @param pending where the next values of state go; filled here
   */
  static OpGraph gradients(
      Snapshot snapshot,
      ImmutableList<Head> heads,
      List<Moved> moved,
      Map<Weight, Variable> pending,
      Set<String> weighted,
      long batch,
      boolean accumulate) {
    Drawing drawing = new Drawing(snapshot, heads, batch);
    Ops ops = drawing.ops;
    Lowered lowered = drawing.lower(true);
    Value loss = drawing.loss(lowered, weighted);
    List<Value> reads = moved.stream().map(m -> ops.read(m.weight().variable())).toList();
    if (!reads.isEmpty()) {
      List<Value> gradients = Gradients.of(ops, loss, reads);
      for (int i = 0; i < moved.size(); i++) {
        Variable target = moved.get(i).gradient();
        Value gradient = gradients.get(i);
        ops.assign(target, accumulate ? ops.add(ops.read(target), gradient) : gradient);
      }
    }
    lowered
        .updates()
        .forEach(
            (weight, next) ->
                ops.assign(
                    pending.computeIfAbsent(weight, w -> Moved.filled(w, "pending", 0)), next));
    return ops.build(drawing.outputs);
  }

  private Lowered lower(boolean training) {
    List<Value> inputs = new ArrayList<>();
    snapshot
        .model()
        .inputs()
        .forEach(
            (name, tensor) -> inputs.add(ops.feed(PortNames.input(name), withBatch(tensor.spec()))));
    return Lowering.of(ops, snapshot, training, inputs);
  }

  private TensorSpec withBatch(TensorSpec spec) {
    return spec.withShape(spec.shape().withBatch(batch));
  }

  /** The total: weighted losses of the heads, activity and weight penalties. */
  private Value loss(Lowered lowered, Set<String> weighted) {
    Value total = null;
    for (Head head : heads) {
      Value prediction = lowered.outputs().get(head.index());
      if (!head.metrics().isEmpty()) {
        outputs.put(PortNames.output(head.name()), prediction);
      }
      if (head.loss() != null) {
        Value loss = headLoss(head, prediction, weighted.contains(head.name()));
        outputs.put(PortNames.loss(head.name()), loss);
        total = plus(total, ops.scale(loss, head.weight()));
      }
    }
    for (Value activity : lowered.activityLosses()) {
      total = plus(total, activity);
    }
    for (Layer layer : lowered.layers()) {
      for (Weight weight : layer.weights()) {
        if (weight.owner() == layer && weight.regularizer() != null) {
          ops.origin(weight.path() + " penalty");
          Value penalty = weight.regularizer().penalty(ops, ops.read(weight.variable()));
          total = plus(total, penalty);
        }
      }
    }
    outputs.put(PortNames.TOTAL, total);
    return total;
  }

  private Value headLoss(Head head, Value prediction, boolean weighted) {
    ops.origin("loss of " + head.name());
    Value target = prediction;
    if (head.loss().needsTarget()) {
      target = ops.feed(PortNames.target(head.name()), head.loss().target(prediction.spec()));
    }
    Value perSample = head.loss().perSample(ops, prediction, target);
    if (weighted) {
      TensorSpec spec = perSample.spec().withShape(Shape.of(batch));
      perSample = ops.multiply(perSample, ops.feed(PortNames.weights(head.name()), spec));
    }
    return ops.mean(perSample);
  }

  private Value plus(Value total, Value term) {
    return total == null ? term : ops.add(total, ops.cast(term, total.dtype()));
  }
}
