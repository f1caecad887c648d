package dev.tandem.core.backend;

import java.util.Comparator;

/** A CUDA card's generation, "8.6" for example. */
record ComputeCapability(int major, int minor) implements Comparable<ComputeCapability> {

  private static final Comparator<ComputeCapability> ORDER =
      Comparator.comparingInt(ComputeCapability::major).thenComparingInt(ComputeCapability::minor);

  /**
   * Reads "8.6".
   *
   * @throws IllegalArgumentException if the text is not two numbers with a dot between
   */
  static ComputeCapability parse(String text) {
    if (!text.matches("\\d{1,3}\\.\\d{1,3}")) {
      throw new IllegalArgumentException(
          "compute capability is not of the form major.minor: " + text);
    }
    String[] parts = text.split("\\.");
    return new ComputeCapability(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
  }

  @Override
  public int compareTo(ComputeCapability other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
