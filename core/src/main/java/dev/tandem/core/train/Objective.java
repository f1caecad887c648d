package dev.tandem.core.train;

import com.google.common.collect.ImmutableMap;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.loss.Loss;
import dev.tandem.core.lowering.Lowered;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The objective of a step, which it makes small: the weighted losses of all heads, and all
 * penalties.
 */
final class Objective {

  private final Ops ops;
  private final Lowered lowered;
  private final Set<String> weighted;
  private final long batch;
  private final Map<String, Value> outputs = new LinkedHashMap<>();
  private @Nullable Value total;

  /**
   * Records it.
   *
   * @param lowered the model
   * @param weighted the outputs with sample weights
   * @param batch the number of samples
   */
  Objective(Ops ops, Lowered lowered, List<Head> heads, Set<String> weighted, long batch) {
    this.ops = ops;
    this.lowered = lowered;
    this.weighted = weighted;
    this.batch = batch;
    heads.forEach(this::head);
    lowered.activityLosses().forEach(penalty -> plus("activity penalty", penalty));
    lowered.layers().forEach(this::penalties);
    if (total == null) {
      total = ops.scalar(0, lowered.outputs().get(0).dtype());
    }
    outputs.put(StepInputNames.TOTAL, total);
  }

  /** The total, a scalar. */
  Value total() {
    return Objects.requireNonNull(total);
  }

  /**
   * The outputs that are read after a step: the total, the losses of the heads, and judged
   * predictions.
   */
  ImmutableMap<String, Value> outputs() {
    return ImmutableMap.copyOf(outputs);
  }

  private void head(Head head) {
    Value prediction = lowered.outputs().get(head.index());
    if (!head.metrics().isEmpty()) {
      outputs.put(StepInputNames.output(head.name()), prediction);
    }
    if (head.loss() != null) {
      ops.origin("loss of " + head.name());
      Value loss = ops.mean(perSample(head, prediction));
      outputs.put(StepInputNames.loss(head.name()), loss);
      if (head.weight() != 0) {
        plus("loss of " + head.name(), ops.scale(loss, head.weight()));
      }
    }
  }

  /** The losses of one head, weighted if samples are: (batch), or a scalar. */
  private Value perSample(Head head, Value prediction) {
    Loss loss = Objects.requireNonNull(head.loss());
    Value target =
        loss.needsTarget()
            ? ops.feed(StepInputNames.target(head.name()), loss.target(prediction.spec()))
            : prediction;
    Value losses = loss.perSample(ops, prediction, target);
    if (losses.rank() > 1) {
      throw new IllegalArgumentException(
          "the loss of output \""
              + head.name()
              + "\" gives "
              + losses.spec()
              + ", not one number"
              + " for each sample or for all; average it over the other axes");
    }
    if (!weighted.contains(head.name())) {
      return losses;
    }
    if (!losses.shape().equals(Shape.of(batch))) {
      throw new IllegalArgumentException(
          "the loss of output \""
              + head.name()
              + "\" is "
              + losses.spec()
              + ", not one number for"
              + " each of the "
              + batch
              + " samples: it cannot be weighted by sample");
    }
    TensorSpec weights = prediction.spec().withShape(Shape.of(batch));
    Value fed = ops.feed(StepInputNames.weights(head.name()), weights);
    return ops.multiply(losses, ops.cast(fed, losses.dtype()));
  }

  /** The penalties on a layer's own weights: once, however often the layer is called. */
  private void penalties(Layer layer) {
    for (Weight weight : layer.weights()) {
      if (weight.owner() == layer && weight.regularizer() != null) {
        String name = weight.path() + " penalty";
        ops.origin(name);
        plus(name, weight.regularizer().penalty(ops, ops.read(weight.variable())));
      }
    }
  }

  private void plus(String name, Value term) {
    if (term.rank() > 0) {
      throw new IllegalArgumentException(
          "the " + name + " is " + term.spec() + ", not one number; take a sum");
    }
    total = total == null ? term : ops.add(total, ops.cast(term, total.dtype()));
  }
}
