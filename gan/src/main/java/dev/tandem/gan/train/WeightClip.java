package dev.tandem.gan.train;

import dev.tandem.core.layer.Weight;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Program;
import dev.tandem.core.op.Variable;
import dev.tandem.core.train.Trainer;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Holds those parameters of a net that its steps move within [−limit, limit], in place. */
final class WeightClip implements AutoCloseable {

  private final @Nullable Program program;

  /**
   * The clip of what steps move.
   *
   * @param limit nothing is clipped if it is empty
   */
  WeightClip(Model net, Trainer steps, OptionalDouble limit) {
    if (limit.isEmpty()) {
      program = null;
      return;
    }
    double most = limit.getAsDouble();
    Ops ops = new Ops();
    for (Weight weight : net.weights()) {
      if (steps.moves().contains(weight)) {
        Variable variable = weight.variable();
        ops.assign(variable, ops.clip(ops.read(variable), -most, most));
      }
    }
    program = steps.ahead().prepare(ops.build(Map.of()));
  }

  void apply() {
    if (program != null) {
      program.run(0, 0);
    }
  }

  @Override
  public void close() {
    if (program != null) {
      program.close();
    }
  }
}
