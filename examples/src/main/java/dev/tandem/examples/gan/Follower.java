package dev.tandem.examples.gan;

import dev.tandem.core.op.Engine;
import dev.tandem.core.worker.Workers;
import dev.tandem.gan.train.AdversarialTrainer;
import dev.tandem.gan.train.AdversarialTraining;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A worker of a run besides the first one: it trains along, and leaves no files. */
final class Follower {

  private Follower() {}

  /**
   * Trains until all are done.
   *
   * @param resumed the folder of the run that they go on with, if they do
   */
  static void train(PlannedRun planned, Engine engine, Workers worker, @Nullable Path resumed) {
    AdversarialTraining recipe = planned.recipe(worker).engine(engine);
    try (AdversarialTrainer trainer =
        resumed == null
            ? planned.data().start(recipe)
            : planned.data().resume(recipe, GanRun.newest(resumed))) {
      trainer.train(planned.config().budget().rounds() - trainer.counters().rounds());
    }
  }
}
