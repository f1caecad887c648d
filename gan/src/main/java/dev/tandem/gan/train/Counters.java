package dev.tandem.gan.train;

/**
 * The counts of a run, each thing counted by itself.
 *
 * @param rounds of the schedule
 * @param discriminatorSteps updates of the discriminator by its own loss
 * @param generatorSteps updates of the generator
 * @param penaltySteps updates of the discriminator by lazy penalties
 * @param images real samples that the discriminator was trained on, each time it saw them
 */
public record Counters(
    long rounds, long discriminatorSteps, long generatorSteps, long penaltySteps, long images) {

  /** Nothing yet. */
  public static final Counters START = new Counters(0, 0, 0, 0, 0);

  Counters round() {
    return new Counters(rounds + 1, discriminatorSteps, generatorSteps, penaltySteps, images);
  }

  Counters discriminatorStep(long seen) {
    return new Counters(
        rounds, discriminatorSteps + 1, generatorSteps, penaltySteps, images + seen);
  }

  Counters generatorStep() {
    return new Counters(rounds, discriminatorSteps, generatorSteps + 1, penaltySteps, images);
  }

  Counters penaltyStep() {
    return new Counters(rounds, discriminatorSteps, generatorSteps, penaltySteps + 1, images);
  }
}
