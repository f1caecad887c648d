package dev.tandem.gan.objective.penalty;

/** Checks of the numbers of penalties. */
final class Checks {

  private Checks() {}

  static void require(String name, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " is not a number of at least 0: " + value);
    }
  }
}
