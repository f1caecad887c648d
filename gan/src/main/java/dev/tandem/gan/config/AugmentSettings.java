package dev.tandem.gan.config;

import dev.tandem.gan.data.RowAugmentation;

/**
 * Changes of images of the data by chance, each up to an amount; 0 for none.
 *
 * @param crop what part of height and width is cut off
 * @param shift pixels that an image is moved by
 * @param rotate degrees that it is turned by
 * @param brightness a part of the distance from black to white
 * @param contrast a part of the contrast
 * @param saturation a part of the saturation
 */
public record AugmentSettings(
    double crop, int shift, double rotate, double brightness, double contrast, double saturation) {

  /**
   * Checks the amounts.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public AugmentSettings {
    RowAugmentation unused =
        new RowAugmentation(false, crop, shift, rotate, brightness, contrast, saturation);
  }

  /** No change. */
  public static AugmentSettings none() {
    return new AugmentSettings(0, 0, 0, 0, 0, 0);
  }

  /** What changes images so. */
  RowAugmentation augmentation() {
    return new RowAugmentation(false, crop, shift, rotate, brightness, contrast, saturation);
  }
}
