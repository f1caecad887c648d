package dev.tandem.gan.objective.augment;

import com.google.common.collect.ImmutableList;

/**
 * The parts of ADA's pipeline (Karras et al., 2020, arXiv:2006.06676, appendix B) for images
 * (batch, height, width, channels), gray at 0. Each change in them happens to an image with the
 * probability that is their strength, independently of the others; all are linear in the image, so
 * gradients of any order go through them.
 *
 * <p>Beside the paper's: scales and moves between pixels are read by linear interpolation, without
 * its filters against aliasing, and what comes in at an edge is mirrored, line by line. Image-space
 * filters, additive noise and cutout are not among them (its default pipeline leaves them out too);
 * see {@link Augmentations#instanceNoise} and {@link Augmentations#cutout}.
 */
public final class AdaAugmentations {

  private AdaAugmentations() {}

  /**
   * Pixel blits: mirrored sides, quarter turns (half turns of images that are not square), moves by
   * whole pixels up to 1/8 of height and width.
   */
  public static Augmentation blits() {
    return new Blits(0.125);
  }

  /**
   * Scales by {@code 2^(0.2 n)} in both directions and against each other, turns by any angle
   * before and after the latter (1 − √(1 − p) each at strength p; squares only), and moves by
   * {@code 0.125 n} of height and width, with standard normal n. Read in two passes (Catmull,
   * Smith, 1980).
   */
  public static Augmentation geometry() {
    return new Geometry(0.2, 0.125);
  }

  /**
   * Brightness plus {@code 0.2 n}, contrast times {@code 2^(0.5 n)}; with three channels also luma
   * turned over, hue turned by any angle and saturation times {@code 2^n}, with standard normal n.
   */
  public static Augmentation color() {
    return new Colors(0.2, 0.5, 1);
  }

  /** {@link #blits}, {@link #geometry} and {@link #color}: the paper's choice. */
  public static ImmutableList<Augmentation> standard() {
    return ImmutableList.of(blits(), geometry(), color());
  }
}
