package dev.tandem.gan.metric;

/**
 * The space of features: the extractor's name and the hash of its weights. Scores in different
 * spaces are not to be compared.
 *
 * @param name what made the features, as in {@code mnist_classifier}
 * @param sha256 the hash of its weights in 64 hexadecimal digits, or empty if there are none
 */
public record FeatureSpace(String name, String sha256) {

  private static final int SHOWN = 12;

  /** A space without weights, such as points of a plane or pixels. */
  public static FeatureSpace plain(String name) {
    return new FeatureSpace(name, "");
  }

  /** The name and the first digits of the hash. */
  @Override
  public String toString() {
    return sha256.isEmpty() ? name : name + " " + sha256.substring(0, SHOWN);
  }
}
