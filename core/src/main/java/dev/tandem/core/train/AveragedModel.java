package dev.tandem.core.train;

import dev.tandem.core.layer.Weight;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Program;
import dev.tandem.core.op.Value;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A copy of a model whose weights are moving averages of the model's: what GANs and diffusion
 * models sample from.
 *
 * <pre>{@code
 * try (AveragedModel average = AveragedModel.of(unet, trainer)) {
 *   for (…) {
 *     trainer.trainOnBatch(batch);
 *     average.follow(.999);
 *   }
 *   Predictor.of(average.model())…
 * }
 * }</pre>
 *
 * <p>The model may be the trained one or any part of it. State such as moving statistics is copied,
 * not averaged.
 */
public final class AveragedModel implements AutoCloseable {

  private static final String DECAY = "decay";

  private final StepsAhead ahead;
  private final List<Weight> from;
  private final List<Weight> to;
  private final Model model;
  private @Nullable Program following;
  private @Nullable Program copying;

  private AveragedModel(Model followed, StepsAhead ahead) {
    this.ahead = ahead;
    this.model = followed.copy(followed.name() + "_average");
    this.from = followed.weights();
    this.to = model.weights();
  }

  /**
   * A copy of a model, with its weights of now.
   *
   * @param followed the model, whose weights have values
   * @param trainer whose steps move them
   * @throws IllegalArgumentException if its model has none of them
   */
  public static AveragedModel of(Model followed, Trainer trainer) {
    if (Collections.disjoint(followed.weights(), trainer.model().weights())) {
      throw new IllegalArgumentException(
          "an average of "
              + followed
              + " would never move, as "
              + trainer.model()
              + ", which is trained, has none of its weights; give the trainer of a model that"
              + " calls its layers");
    }
    return new AveragedModel(followed, trainer.ahead());
  }

  /** The copy, named after the model: {@code unet_average}. */
  public Model model() {
    return model;
  }

  /** Takes the model's weights and state of now. */
  public void begin() {
    for (int i = 0; i < to.size(); i++) {
      to.get(i).variable().arrayToFill().assign(from.get(i).variable().read());
    }
  }

  /**
   * average ← decay · average + (1 − decay) · weights; state is copied.
   *
   * @param decay in [0, 1]; 0 and less copies
   * @throws IllegalArgumentException if it is above 1, or NaN; nothing has changed
   */
  public void follow(double decay) {
    if (!(decay <= 1)) {
      throw new IllegalArgumentException("decay of the average is not in [0, 1]: " + decay);
    }
    if (decay <= 0 || to.stream().noneMatch(Weight::isParameter)) {
      copying = copying == null ? ahead.prepare(copies()) : copying;
      copying.run(0, 0);
      return;
    }
    following = following == null ? ahead.prepare(graph()) : following;
    following.feed(DECAY, decay);
    following.run(0, 0);
  }

  /** Right too where the average holds no finite numbers yet. */
  private OpGraph copies() {
    Ops ops = new Ops();
    for (int i = 0; i < to.size(); i++) {
      ops.assign(to.get(i).variable(), ops.read(from.get(i).variable()));
    }
    return ops.build(Map.of());
  }

  private OpGraph graph() {
    Ops ops = new Ops();
    Value decay = ops.feed(DECAY, DataType.DOUBLE);
    for (int i = 0; i < to.size(); i++) {
      Value now = ops.read(from.get(i).variable());
      ops.assign(
          to.get(i).variable(),
          to.get(i).isParameter()
              ? mean(ops, ops.read(to.get(i).variable()), now, ops.cast(decay, now.dtype()))
              : now);
    }
    return ops.build(Map.of());
  }

  private static Value mean(Ops ops, Value average, Value now, Value decay) {
    return ops.add(ops.multiply(ops.subtract(average, now), decay), now);
  }

  @Override
  public void close() {
    if (following != null) {
      following.close();
    }
    if (copying != null) {
      copying.close();
    }
  }
}
