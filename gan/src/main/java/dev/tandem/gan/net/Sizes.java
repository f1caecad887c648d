package dev.tandem.gan.net;

/** Rules for the sizes of nets, with messages that name the rule and the value. */
final class Sizes {

  private Sizes() {}

  static int positive(String what, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(what + " is not at least 1: " + value);
    }
    return value;
  }

  /** Half of a size, rounded up, so many times: what convolutions of stride 2 leave of it. */
  static int halved(int size, int times) {
    int rest = size;
    for (int i = 0; i < times; i++) {
      rest = (rest + 1) / 2;
    }
    return rest;
  }

  /** How often a size is halved, rounded up, until it is 1. */
  static int halvings(int size) {
    int count = 0;
    while (halved(size, count) > 1) {
      count++;
    }
    return count;
  }
}
