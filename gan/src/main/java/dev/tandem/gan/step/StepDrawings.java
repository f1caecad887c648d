package dev.tandem.gan.step;

import dev.tandem.gan.objective.Objective;
import dev.tandem.gan.pair.AdversarialPair;
import dev.tandem.gan.pair.Conditioning;
import dev.tandem.gan.step.Drawings.Drawn;

/** The steps of both sides as models from samples to one number. */
interface StepDrawings {

  /** The discriminator's step: its loss and the penalties of every step. */
  Drawn discriminator(String name);

  /** A step of the penalties of one interval alone, with that many times their weight. */
  Drawn penalties(String name, int every);

  /** The generator's step. */
  Drawn generator(String name);

  static StepDrawings of(AdversarialPair pair, Objective objective) {
    return pair.conditioning() instanceof Conditioning.Cycle cycle
        ? new CycleDrawings(pair, cycle, objective)
        : new Drawings(pair, objective);
  }
}
