package dev.tandem.gan.objective.augment;

import com.google.common.collect.ImmutableList;

/**
 * The standard augmentations: those of DiffAugment (Zhao et al., 2020, arXiv:2006.10738), for
 * images (batch, height, width, channels), and noise on any samples.
 */
public final class Augmentations {

  private Augmentations() {}

  /** Adds to each image a number that is uniform in [−0.5, 0.5). */
  public static Augmentation brightness() {
    return new Brightness(0.5);
  }

  /** Scales each pixel's distance from the mean of its channels by a factor in [0, 2). */
  public static Augmentation saturation() {
    return new Saturation();
  }

  /** Scales each image's distance from its mean by a factor in [0.5, 1.5). */
  public static Augmentation contrast() {
    return new Contrast();
  }

  /** DiffAugment's "color": brightness, saturation, contrast. */
  public static ImmutableList<Augmentation> color() {
    return ImmutableList.of(brightness(), saturation(), contrast());
  }

  /**
   * Moves each image by whole pixels up to a part of its height and width in each direction, zeros
   * moving in.
   *
   * @param ratio of the height and the width, in (0, 1); 0.125 in DiffAugment
   * @throws IllegalArgumentException if it is not
   */
  public static Augmentation translation(double ratio) {
    return new Translation(ratio);
  }

  /**
   * Sets a rectangle of each image to 0, its middle anywhere in the image.
   *
   * @param ratio of the height and the width, in (0, 1); 0.5 in DiffAugment
   * @throws IllegalArgumentException if it is not
   */
  public static Augmentation cutout(double ratio) {
    return new Cutout(ratio);
  }

  /**
   * Adds normal noise to every number (instance noise, Sønderby et al., 2016, arXiv:1610.04490).
   *
   * @param deviation its standard deviation, above 0
   * @throws IllegalArgumentException if it is not
   */
  public static Augmentation instanceNoise(double deviation) {
    return new InstanceNoise(deviation);
  }

  /**
   * Augmentations one after another, of a strength that changes over the training: {@code
   * at(Strength.adaptive(), AdaAugmentations.blits(), AdaAugmentations.color())}.
   */
  public static VaryingAugmentation at(Strength strength, Augmentation... parts) {
    return new VaryingAugmentation(ImmutableList.copyOf(parts), strength);
  }
}
