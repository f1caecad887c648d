package dev.tandem.gan.net;

/** Rules for the sizes of nets, with messages that name the rule and the value. */
final class Sizes {

  private static final int LARGEST_BOTTOM = 7;

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

  /** The number of halvings of a size, rounded up, until it is 1. */
  static int halvings(int size) {
    int count = 0;
    while (halved(size, count) > 1) {
      count++;
    }
    return count;
  }

  /** The rest of a size that is halved while it is even and above 7. */
  static int bottom(int size) {
    return size >> doublings(size);
  }

  /** The number of times that {@link #bottom} is doubled to give a size. */
  static int doublings(int size) {
    int count = 0;
    for (int rest = size; rest > LARGEST_BOTTOM && rest % 2 == 0; rest /= 2) {
      count++;
    }
    return count;
  }

  /** Whether a size is 4 to 7 times 4, 8, 16 and so on. */
  static boolean grows(int size) {
    return doublings(size) >= 2 && bottom(size) <= LARGEST_BOTTOM;
  }

  static int requireGrows(int size) {
    if (!grows(size)) {
      throw new IllegalArgumentException(
          "size of the images is not 4 to 7 times 4, 8, 16 and so on, such as 28, 32 or 64: "
              + size);
    }
    return size;
  }
}
