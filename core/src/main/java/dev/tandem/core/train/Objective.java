package dev.tandem.core.train;

import com.google.common.collect.ImmutableMap;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.loss.Loss;
import dev.tandem.core.lowering.Lowered;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The objective of a step, which it makes small: the weighted losses of all heads, and all
 * penalties.
 */
final class Objective {

  private final Ops ops;
  private final Lowered lowered;
  private final Map<String, Long> weighted;
  private final long batch;
  private final Map<String, Value> outputs = new LinkedHashMap<>();
  private @Nullable Value total;

  /**
   * Records it.
   *
   * @param lowered the model
   * @param weighted the outputs with sample weights, and how many steps of a sample have one
   * @param batch the number of samples
   */
  Objective(Ops ops, Lowered lowered, List<Head> heads, Map<String, Long> weighted, long batch) {
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
    Value mask = lowered.masks().get(head.index());
    if (mask != null && !head.metrics().isEmpty()) {
      outputs.put(StepInputNames.mask(head.name()), mask);
    }
    if (head.loss() != null) {
      ops.origin("loss of " + head.name());
      boolean stepped = weighted.getOrDefault(head.name(), 1L) > 1;
      Value loss =
          mask == null && !stepped
              ? ops.mean(perSample(head, prediction))
              : new StepLoss(ops, head, prediction, mask).mean(weights(head, prediction));
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
    Value weights = weights(head, prediction);
    if (weights == null) {
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
    return ops.multiply(losses, ops.cast(weights, losses.dtype()));
  }

  /** The sample weights of a head, (batch) or (batch, steps); null if it has none. */
  private @Nullable Value weights(Head head, Value prediction) {
    Long steps = weighted.get(head.name());
    if (steps == null) {
      return null;
    }
    Shape shape = steps > 1 ? Shape.of(batch, steps) : Shape.of(batch);
    return ops.feed(StepInputNames.weights(head.name()), prediction.spec().withShape(shape));
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
