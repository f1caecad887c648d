package dev.tandem.gan.step;

import dev.tandem.gan.objective.Objective;
import dev.tandem.gan.pair.AdversarialPair;
import dev.tandem.gan.pair.Conditioning;
import dev.tandem.gan.step.GanStepBuilder.Drawn;
import org.jspecify.annotations.Nullable;

/** The steps of both sides as models from samples to one number. */
interface StepBuilder {

  /** The discriminator's step: its loss and the penalties of every step. */
  Drawn discriminator(String name);

  /** A step of the penalties of one interval alone, with that many times their weight. */
  Drawn penalties(String name, int every);

  /** The generator's step. */
  Drawn generator(String name);

  static StepBuilder of(AdversarialPair pair, Objective objective, @Nullable FakeStore store) {
    return pair.conditioning() instanceof Conditioning.Cycle cycle
        ? new CycleStepBuilder(pair, cycle, objective)
        : new GanStepBuilder(pair, objective, store);
  }
}
