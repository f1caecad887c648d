package dev.tandem.gan.train;

/**
 * The alternation of both sides' steps. A round is so many steps of the discriminator and then so
 * many of the generator; fractions are steps in some rounds only: with 1.5, rounds have 1, 2, 1, 2,
 * … steps.
 *
 * @param discriminatorSteps per round, above 0
 * @param generatorSteps per round, above 0
 * @param simultaneous whether the last step of the discriminator and the first one of the generator
 *     in a round see the same weights: both gradients are taken before either side moves
 * @param accumulation how many batches make the gradient of one step, at least 1
 * @param reusedFakes whether a step of the discriminator takes the fakes of the generator's last
 *     step, from before its update, instead of making others
 */
public record Alternation(
    double discriminatorSteps,
    double generatorSteps,
    boolean simultaneous,
    int accumulation,
    boolean reusedFakes) {

  /** Takes up rounding of counts such as 3 · (1 / 3). */
  private static final double SLACK = 1e-9;

  /** Checks the numbers. */
  public Alternation {
    require("discriminator", discriminatorSteps);
    require("generator", generatorSteps);
    if (accumulation < 1) {
      throw new IllegalArgumentException(
          "number of accumulated batches is not at least 1: " + accumulation);
    }
    if (reusedFakes && (discriminatorSteps > 1 || generatorSteps < 1)) {
      throw new IllegalArgumentException(
          "fakes are reused where each step of the discriminator has new ones: with at most one of"
              + " its steps and at least one of the generator in a round, not with "
              + discriminatorSteps
              + " and "
              + generatorSteps);
    }
  }

  private static void require(String side, double steps) {
    if (!(steps > 0 && steps < 1e6)) {
      throw new IllegalArgumentException(
          "steps of the " + side + " per round are not in (0, 1000000): " + steps);
    }
  }

  /** One step of each side in turn. */
  public static Alternation alternating() {
    return new Alternation(1, 1, false, 1, false);
  }

  /** One step of each side at the same time. */
  public static Alternation simultaneously() {
    return new Alternation(1, 1, true, 1, false);
  }

  /** The same with another number of steps of the discriminator per round. */
  public Alternation discriminatorSteps(double steps) {
    return new Alternation(steps, generatorSteps, simultaneous, accumulation, reusedFakes);
  }

  /** The same with another number of steps of the generator per round. */
  public Alternation generatorSteps(double steps) {
    return new Alternation(discriminatorSteps, steps, simultaneous, accumulation, reusedFakes);
  }

  /** The same with gradients that are means over several batches. */
  public Alternation accumulating(int batches) {
    return new Alternation(discriminatorSteps, generatorSteps, simultaneous, batches, reusedFakes);
  }

  /**
   * The same with fakes that are made once: those of the generator's last step are judged in the
   * discriminator's next one. The generator then runs in its own steps only; the discriminator sees
   * what it made one update ago. The very first ones are made in inference mode. Of several batches
   * in a step each takes those of the same batch of the generator's.
   *
   * @throws IllegalArgumentException if a step of the discriminator would see the same fakes again
   */
  public Alternation reusingFakes() {
    return new Alternation(discriminatorSteps, generatorSteps, simultaneous, accumulation, true);
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
