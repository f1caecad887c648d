package dev.tandem.gan.train;

import dev.tandem.core.layer.Weight;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Program;
import dev.tandem.core.op.Value;
import dev.tandem.core.train.StepsAhead;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;

/** A copy of the generator whose weights follow the generator's. */
final class AveragedGenerator implements AutoCloseable {

  private static final String DECAY = "decay";

  private final StepsAhead ahead;
  private final List<Weight> from;
  private final List<Weight> to;
  private final Model model;
  private @Nullable Program following;
  private @Nullable Program copying;

  /**
   * A copy.
   *
   * @param ahead the steps that it follows
   */
  AveragedGenerator(Model generator, StepsAhead ahead) {
    this.ahead = ahead;
    this.model = generator.copy(generator.name() + "_average");
    this.from = generator.weights();
    this.to = model.weights();
  }

  Model model() {
    return model;
  }

  /** The generator's weights and state of now, before the first step. */
  void begin() {
    for (int i = 0; i < to.size(); i++) {
      to.get(i).variable().arrayToFill().assign(from.get(i).variable().read());
    }
  }

  /** average ← decay · average + (1 − decay) · weights; state is copied. */
  void follow(double decay) {
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
