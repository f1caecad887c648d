package dev.tandem.core.train;

import dev.tandem.core.loss.Loss;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Shape;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The loss of an output whose steps do not all count alike: each step is judged by itself. */
final class StepLoss {

  private final Ops ops;
  private final Head head;
  private final Value prediction;
  private final @Nullable Value mask;

  /**
   * A loss of steps.
   *
   * @param prediction (batch, steps, …)
   * @param mask (batch, steps) with 0 for steps that do not count, or null
   */
  StepLoss(Ops ops, Head head, Value prediction, @Nullable Value mask) {
    this.ops = ops;
    this.head = head;
    this.prediction = prediction;
    this.mask = mask;
  }

  /**
   * The sum over steps that count of loss times weight, divided by the number of these steps; 0 if
   * there are none.
   *
   * @param weights (batch, steps) or (batch), or null for ones
   */
  Value mean(@Nullable Value weights) {
    Value losses = losses();
    if (weights != null) {
      Value each = ops.cast(weights, losses.dtype());
      Shape shape = each.shape();
      losses = ops.multiply(losses, shape.rank() > 1 ? each : ops.reshape(each, shape.append(1)));
    }
    if (mask == null) {
      return ops.mean(losses);
    }
    Value counted = ops.where(mask, losses, ops.scalar(0, losses.dtype()));
    Value steps = ops.maximum(ops.sum(mask), ops.scalar(1, mask.dtype()));
    return ops.divide(ops.sum(counted), ops.cast(steps, losses.dtype()));
  }

  /** The loss of each step, (batch, steps). */
  private Value losses() {
    Loss loss = Objects.requireNonNull(head.loss());
    Value target =
        loss.needsTarget()
            ? ops.feed(StepInputNames.target(head.name()), loss.target(prediction.spec()))
            : prediction;
    // a loss of whole samples, or of pairs of them, says so here
    loss.perSample(ops, prediction, target);
    long batch = prediction.shape().size(0);
    long steps = prediction.shape().size(1);
    Value losses = loss.perSample(ops, rows(prediction), rows(target));
    if (!losses.shape().equals(Shape.of(batch * steps))) {
      throw new IllegalArgumentException(
          "the loss of output \""
              + head.name()
              + "\" is "
              + losses.spec()
              + ", not one number for each of the "
              + batch
              + " times "
              + steps
              + " steps: it can neither be masked nor weighted by step");
    }
    return ops.reshape(losses, batch, steps);
  }

  /** Steps as samples of their own. */
  private Value rows(Value x) {
    long[] sizes = x.shape().toArray();
    if (sizes.length < 2 || sizes[1] != prediction.shape().size(1)) {
      throw new IllegalArgumentException(
          "the loss of output \""
              + head.name()
              + "\" takes a target "
              + x.spec()
              + " for "
              + prediction.spec()
              + ", which has no steps: it can neither be masked nor weighted by step");
    }
    long[] rows = Arrays.copyOfRange(sizes, 1, sizes.length);
    rows[0] = sizes[0] * sizes[1];
    return ops.reshape(x, Shape.of(rows));
  }
}
