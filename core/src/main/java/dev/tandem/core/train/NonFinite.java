package dev.tandem.core.train;

import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.Program;
import java.util.Optional;

/** Finds out where a NaN or an infinity came from. */
final class NonFinite {

  private NonFinite() {}

  static NonFiniteException explain(
      Trainer trainer, Program program, Checked checked, double loss) {
    long step = trainer.steps() + 1;
    String what = trainer.model() + ": the loss is " + loss + " in step " + step;
    Optional<String> data = checked.firstNonFinite();
    if (data.isPresent()) {
      return new NonFiniteException(
          step, what + ": " + data.get() + "; clean the data. No weight was changed");
    }
    Optional<OpCall> first = program.findNonFinite(trainer.recipe().seed(), step);
    String where =
        first
            .map(call -> ": first made by op " + call.op().name() + " in \"" + call.origin() + "\"")
            .orElse("");
    return new NonFiniteException(
        step,
        what + where + "; lower the learning rate or clip gradients. No weight was changed");
  }
}
