package dev.tandem.core.optimizer;

/** The standard limits on gradients. */
public final class Clippings {

  private Clippings() {}

  /** Each element held between −limit and limit. */
  public static ClipByValue byValue(double limit) {
    return new ClipByValue(limit);
  }

  /** Each weight's gradient shrunk to this Euclidean norm where it is longer. */
  public static ClipByNorm byNorm(double limit) {
    return new ClipByNorm(limit);
  }

  /** All gradients shrunk by one factor to this Euclidean norm where they are longer together. */
  public static ClipByGlobalNorm byGlobalNorm(double limit) {
    return new ClipByGlobalNorm(limit);
  }
}
