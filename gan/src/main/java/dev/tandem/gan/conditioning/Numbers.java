package dev.tandem.gan.conditioning;

/** Checks of the numbers of conditionings. */
final class Numbers {

  private Numbers() {}

  static void requireWeight(String name, double weight) {
    if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "weight of the " + name + " loss is not a number of at least 0: " + weight);
    }
  }

  static void requireSeveral(int classes) {
    if (classes < 2) {
      throw new IllegalArgumentException("number of classes is not at least 2: " + classes);
    }
  }
}
