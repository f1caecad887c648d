package dev.tandem.gan.train;

/**
 * Who steps when. A round is so many steps of the discriminator and then so many of the generator;
 * fractions are steps in some rounds only: with 1.5, rounds have 1, 2, 1, 2, … steps.
 *
 * @param discriminatorSteps per round, above 0
 * @param generatorSteps per round, above 0
 * @param simultaneous whether the last step of the discriminator and the first one of the generator
 *     in a round see the same weights: both gradients are taken before either side moves
 * @param accumulation how many batches make the gradient of one step, at least 1
 */
public record Schedule(
    double discriminatorSteps, double generatorSteps, boolean simultaneous, int accumulation) {

  /** Takes up rounding of counts such as 3 · (1 / 3). */
  private static final double SLACK = 1e-9;

  /** Checks the numbers. */
  public Schedule {
    require("discriminator", discriminatorSteps);
    require("generator", generatorSteps);
    if (accumulation < 1) {
      throw new IllegalArgumentException(
          "number of accumulated batches is not at least 1: " + accumulation);
    }
  }

  private static void require(String side, double steps) {
    if (!(steps > 0 && steps < 1e6)) {
      throw new IllegalArgumentException(
          "steps of the " + side + " per round are not in (0, 1000000): " + steps);
    }
  }

  /** One step of each side in turn. */
  public static Schedule alternating() {
    return new Schedule(1, 1, false, 1);
  }

  /** One step of each side at the same time. */
  public static Schedule simultaneously() {
    return new Schedule(1, 1, true, 1);
  }

  /** The same with another number of steps of the discriminator per round. */
  public Schedule discriminatorSteps(double steps) {
    return new Schedule(steps, generatorSteps, simultaneous, accumulation);
  }

  /** The same with another number of steps of the generator per round. */
  public Schedule generatorSteps(double steps) {
    return new Schedule(discriminatorSteps, steps, simultaneous, accumulation);
  }

  /** The same with gradients that are means over several batches. */
  public Schedule accumulating(int batches) {
    return new Schedule(discriminatorSteps, generatorSteps, simultaneous, batches);
  }

  /** The steps of the discriminator in a round, counted from 0. */
  public int discriminatorStepsIn(long round) {
    return in(round, discriminatorSteps);
  }

  /** The steps of the generator in a round, counted from 0. */
  public int generatorStepsIn(long round) {
    return in(round, generatorSteps);
  }

  private static int in(long round, double steps) {
    double before = Math.floor(round * steps + SLACK);
    return (int) (Math.floor((round + 1) * steps + SLACK) - before);
  }
}
