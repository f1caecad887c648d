package dev.tandem.gan.net;

import dev.tandem.core.model.Model;
import dev.tandem.core.tensor.Shape;
import dev.tandem.gan.latent.Latent;

/** The nets that presets choose from, for samples of one shape; each call builds a new one. */
public sealed interface Nets permits Dcgan, PointNets {

  /**
   * Nets for samples like these: {@link Dcgan} for images, {@link PointNets} for points.
   *
   * @throws IllegalArgumentException if there are none
   */
  static Nets of(Shape sample) {
    if (sample.rank() == 1) {
      return new PointNets((int) sample.size(0));
    }
    if (sample.rank() == 3
        && sample.size(0) == sample.size(1)
        && Sizes.grows((int) sample.size(0))) {
      return Dcgan.sized((int) sample.size(0), (int) sample.size(2));
    }
    throw new IllegalArgumentException(
        "presets have nets for images (28, 28, channels), for other squares whose side is 4 to 7"
            + " times 4, 8, 16 and so on, and for points (n), not for "
            + sample
            + "; build nets and the recipe from AdversarialTraining.of(pair, objective)");
  }

  /** The latent of the other generators. */
  Latent latent();

  /** The latent of {@link #plainGenerator}. */
  default Latent plainLatent() {
    return latent();
  }

  /** With batch norm. */
  Model generator();

  /** Without anything that mixes samples. */
  Model plainGenerator();

  /**
   * With what its GAN's paper has.
   *
   * @param packing how many samples it sees at once, along the last axis
   */
  Model discriminator(int packing);

  /** Without anything that mixes samples. */
  Model critic();

  /** With spectral norm. */
  Model spectralDiscriminator();

  /** With the class as further numbers of the latent, and batch norm. */
  Model classGenerator(int classes);

  /** With spectral norm, told the class by projection. */
  Model projectionDiscriminator(int classes);

  /** A score and class logits. */
  Model auxiliaryDiscriminator(int classes);

  /** Whether samples are points (n). */
  default boolean areOfPoints() {
    return this instanceof PointNets;
  }
}
