package dev.tandem.core.op.random;

import java.util.SplittableRandom;

/**
 * Seeds for what is random and was given none. With the system property {@value #PROPERTY} they
 * follow from that number and from how many were given since it was set: a program that states no
 * seed repeats itself as a whole, and what it makes several of is still different.
 */
public final class Seeds {

  /** The system property that lets a program without seeds repeat itself. */
  public static final String PROPERTY = "tandem.seed";

  /** Short enough to be typed in again. */
  private static final long BOUND = 1L << 31;

  private static final SplittableRandom RANDOM = new SplittableRandom();

  private static String begun = "";
  private static long given;

  private Seeds() {}

  /**
   * A seed that was not given before, as good as certainly: at least 0 and less than 2³¹.
   *
   * @throws IllegalArgumentException if the system property is no integer
   */
  public static synchronized long fresh() {
    String stated = System.getProperty(PROPERTY);
    if (stated == null) {
      return RANDOM.nextLong(BOUND);
    }
    if (!stated.equals(begun)) {
      begun = stated;
      given = 0;
    }
    return Math.floorMod(CounterRandom.of(number(stated), given++).key(), BOUND);
  }

  private static long number(String stated) {
    try {
      return Long.parseLong(stated.strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "system property " + PROPERTY + " is no integer: \"" + stated + "\"", e);
    }
  }
}
