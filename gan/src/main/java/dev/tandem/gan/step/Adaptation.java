package dev.tandem.gan.step;

import dev.tandem.core.initializer.Initializers;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.LayerCall;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import dev.tandem.gan.objective.augment.Strength;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Moves the strength of augmentations by the signs of the scores of real samples (ADA, Karras et
 * al., 2020, arXiv:2006.06676, section 3.1). Of (loss, scores) it gives the loss back.
 *
 * <p>Its state: the sum of the mean signs of the batches since the last move, the number of these
 * batches, and {@code r}, the mean at the last move.
 */
final class Adaptation extends Layer {

  private final Strength.Adaptive how;
  private final ScheduledScalar scalar;
  private final int samples;
  private @Nullable Weight signs;
  private @Nullable Weight batches;
  private @Nullable Weight measured;

  /**
   * A layer that moves a strength.
   *
   * @param samples how many a step takes for each score of a batch: with packing and several
   *     batches more than one
   */
  Adaptation(Strength.Adaptive how, ScheduledScalar scalar, int samples) {
    super(scalar.name() + "_adaptation");
    this.how = how;
    this.scalar = scalar;
    this.samples = samples;
  }

  @Override
  protected Layer unbuilt(UnaryOperator<Layer> copies) {
    return new Adaptation(how, scalar, samples);
  }

  @Override
  protected void build(List<TensorSpec> inputs) {
    signs = scalar("signs", inputs);
    batches = scalar("batches", inputs);
    measured = scalar("r", inputs);
  }

  private Weight scalar(String name, List<TensorSpec> inputs) {
    return state(name, Shape.scalar(), inputs.get(0).dtype(), Initializers.zeros());
  }

  @Override
  protected List<TensorSpec> outputs(List<TensorSpec> inputs) {
    return List.of(inputs.get(0));
  }

  @Override
  protected List<Value> forward(LayerCall forward, List<Value> inputs) {
    Ops ops = forward.ops();
    Value loss = inputs.get(0);
    Value scores = ops.stopGradient(inputs.get(1));
    Weight soFar = Objects.requireNonNull(signs);
    Weight count = Objects.requireNonNull(batches);
    Weight last = Objects.requireNonNull(measured);
    Value sum = ops.add(forward.weight(soFar), ops.mean(ops.sign(scores)));
    Value seen = ops.shift(forward.weight(count), 1);
    Value due = ops.equal(seen, ops.scalar(how.every(), seen.dtype()));
    Value stays = ops.shift(ops.negate(due), 1);
    Value r = ops.scale(sum, 1.0 / how.every());

    double images = (double) scores.shape().size(0) * samples * how.every();
    Value direction = ops.sign(ops.shift(r, -how.target()));
    Value move = ops.scale(ops.multiply(due, direction), images / how.images());
    Value strength = forward.weight(scalar.weight());
    forward.update(scalar.weight(), ops.clip(ops.add(strength, move), 0, 1));
    forward.update(soFar, ops.multiply(sum, stays));
    forward.update(count, ops.multiply(seen, stays));
    Value before = forward.weight(last);
    forward.update(last, ops.add(ops.multiply(before, stays), ops.multiply(r, due)));
    return List.of(loss);
  }
}
