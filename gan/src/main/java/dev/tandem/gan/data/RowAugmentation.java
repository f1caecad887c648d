package dev.tandem.gan.data;

import dev.tandem.core.data.RowSource;
import java.util.Locale;

/**
 * Changes of images by chance, each time that one is read: {@code
 * RowAugmentation.none().mirror().shift(4).on(images, "samples")}. What is drawn follows from the
 * seed of the batches' order, the epoch and the row, so that a resumed run sees the same images.
 * These are of the data, so that generators learn them too; the objective's augmentations, which
 * generators do not, change real and generated samples alike.
 *
 * @param mirrored whether half of the images are mirrored from left to right
 * @param shifted by how many pixels at most along either axis; what lies at the border is repeated
 * @param turned by how many degrees at most, to either side
 * @param colored how much brightness, contrast and saturation change at most, as a part of theirs
 */
public record RowAugmentation(boolean mirrored, int shifted, double turned, double colored) {

  private static final double HALF_TURN = 180;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is below 0, an angle above 180, or a part above 1
   */
  public RowAugmentation {
    if (shifted < 0) {
      throw new IllegalArgumentException("shift of images is below 0: " + shifted);
    }
    requireIn("angle of images", turned, HALF_TURN);
    requireIn("change of color", colored, 1);
  }

  private static void requireIn(String what, double value, double most) {
    if (!(value >= 0 && value <= most)) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%s is not in [0, %.0f]: %s", what, most, value));
    }
  }

  /** No change. */
  public static RowAugmentation none() {
    return new RowAugmentation(false, 0, 0, 0);
  }

  /** The same with half of the images mirrored from left to right. */
  public RowAugmentation mirror() {
    return new RowAugmentation(true, shifted, turned, colored);
  }

  /** The same with images moved by up to so many pixels. */
  public RowAugmentation shift(int pixels) {
    return new RowAugmentation(mirrored, pixels, turned, colored);
  }

  /** The same with images turned by up to so many degrees. */
  public RowAugmentation turn(double degrees) {
    return new RowAugmentation(mirrored, shifted, degrees, colored);
  }

  /** The same with colors changed by up to such a part, 0.2 being much. */
  public RowAugmentation color(double part) {
    return new RowAugmentation(mirrored, shifted, turned, part);
  }

  /**
   * Images that are changed when they are read for a batch.
   *
   * @param input a column of bytes (height, width, 1 or 3)
   * @throws IllegalArgumentException if there is no such column
   */
  public RowSource on(RowSource source, String input) {
    return new AugmentedRows(source, input, this);
  }
}
