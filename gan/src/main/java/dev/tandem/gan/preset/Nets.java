package dev.tandem.gan.preset;

import dev.tandem.core.model.Model;
import dev.tandem.core.tensor.Shape;
import dev.tandem.gan.pair.Latent;

/** The nets of the presets for samples of one shape; each call draws a new one. */
sealed interface Nets permits Nets28, PointNets {

  /**
   * Nets for samples like these.
   *
   * @throws IllegalArgumentException if there are none
   */
  static Nets of(Shape sample) {
    if (sample.rank() == 1) {
      return new PointNets((int) sample.size(0));
    }
    if (sample.rank() == 3 && sample.size(0) == 28 && sample.size(1) == 28) {
      return new Nets28((int) sample.size(2));
    }
    throw new IllegalArgumentException(
        "presets have nets for images (28, 28, channels) and points (n), not for "
            + sample
            + "; draw nets and build the recipe from AdversarialTraining.of(pair, objective)");
  }

  Latent latent();

  /** What {@link #plainGenerator} takes. */
  default Latent plainLatent() {
    return latent();
  }

  /** With batch norm. */
  Model generator();

  /** Without anything that mixes samples. */
  Model plainGenerator();

  /** With what its GAN's paper has. */
  Model discriminator(int packing);

  /** Without anything that mixes samples. */
  Model critic();

  Model spectralDiscriminator();

  Model classGenerator(int classes);

  Model projectionDiscriminator(int classes);

  /** A score and class logits. */
  Model auxiliaryDiscriminator(int classes);

  default boolean areOfPoints() {
    return this instanceof PointNets;
  }
}
