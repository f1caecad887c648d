package dev.tandem.core.data;

/** The interval that the 256 levels of a pixel are spread over, ends included. */
public enum PixelRange {
  /** Black is 0, white is 1: {@code level / 255}. */
  ZERO_TO_ONE(0),
  /**
   * Black is −1, white is 1: {@code level / 127.5 − 1}, as a generator that ends in tanh has it.
   */
  MINUS_ONE_TO_ONE(-1);

  private final double black;

  PixelRange(double black) {
    this.black = black;
  }

  /**
   * The value of a level.
   *
   * @param level from 0 to 255
   * @throws IllegalArgumentException if the level is outside that
   */
  public float of(int level) {
    if (level < 0 || level > 255) {
      throw new IllegalArgumentException("pixel level is not in [0, 255]: " + level);
    }
    return (float) (black + level * (1 - black) / 255);
  }

  /** The values of all 256 levels. */
  float[] table() {
    float[] values = new float[256];
    for (int level = 0; level < values.length; level++) {
      values[level] = of(level);
    }
    return values;
  }
}
