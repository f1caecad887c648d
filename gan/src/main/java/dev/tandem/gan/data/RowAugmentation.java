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
 * @param cropped what part of height and width is cut off at most: a window of the image, of its
 *     ratio and at any place, becomes the image
 * @param shifted by how many pixels at most along either axis; what lies at the border is repeated,
 *     as if the image were padded by so many pixels and cropped to its size
 * @param turned by how many degrees at most, to either side, around the center
 * @param brightness by what part of the distance from black to white levels are moved at most
 * @param contrast by what part distances from the middle level become larger or smaller at most
 * @param saturation by what part distances from gray become larger or smaller at most
 */
public record RowAugmentation(
    boolean mirrored,
    double cropped,
    int shifted,
    double turned,
    double brightness,
    double contrast,
    double saturation) {

  private static final double HALF_TURN = 180;
  private static final double MOST_CROPPED = 0.9;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is below 0, an angle above 180, a part of size above
   *     0.9, or of color above 1
   */
  public RowAugmentation {
    if (shifted < 0) {
      throw new IllegalArgumentException("shift of images is below 0: " + shifted);
    }
    requireIn("cropped part of images", cropped, MOST_CROPPED);
    requireIn("angle of images", turned, HALF_TURN);
    requireIn("change of brightness", brightness, 1);
    requireIn("change of contrast", contrast, 1);
    requireIn("change of saturation", saturation, 1);
  }

  private static void requireIn(String what, double value, double most) {
    if (!(value >= 0 && value <= most)) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%s is not in [0, %s]: %s", what, most, value));
    }
  }

  /** No change. */
  public static RowAugmentation none() {
    return new RowAugmentation(false, 0, 0, 0, 0, 0, 0);
  }

  /** The same with half of the images mirrored from left to right. */
  public RowAugmentation mirror() {
    return new RowAugmentation(true, cropped, shifted, turned, brightness, contrast, saturation);
  }

  /** The same with up to such a part of height and width cut off, 0.2 being much. */
  public RowAugmentation crop(double part) {
    return new RowAugmentation(mirrored, part, shifted, turned, brightness, contrast, saturation);
  }

  /** The same with images moved by up to so many pixels. */
  public RowAugmentation shift(int pixels) {
    return new RowAugmentation(mirrored, cropped, pixels, turned, brightness, contrast, saturation);
  }

  /** The same with images turned by up to so many degrees. */
  public RowAugmentation turn(double degrees) {
    return new RowAugmentation(
        mirrored, cropped, shifted, degrees, brightness, contrast, saturation);
  }

  /** The same with levels moved by up to such a part of their range, 0.2 being much. */
  public RowAugmentation brightness(double part) {
    return new RowAugmentation(mirrored, cropped, shifted, turned, part, contrast, saturation);
  }

  /** The same with contrast changed by up to such a part. */
  public RowAugmentation contrast(double part) {
    return new RowAugmentation(mirrored, cropped, shifted, turned, brightness, part, saturation);
  }

  /** The same with saturation changed by up to such a part. */
  public RowAugmentation saturation(double part) {
    return new RowAugmentation(mirrored, cropped, shifted, turned, brightness, contrast, part);
  }

  /** The same with contrast and saturation changed by up to such a part, brightness by half. */
  public RowAugmentation color(double part) {
    return brightness(part / 2).contrast(part).saturation(part);
  }

  /** Whether images stay as they are. */
  public boolean isNone() {
    return equals(none());
  }

  /**
   * Images that are changed when they are read for a batch. Sources that are read with the same
   * seed and row, as the two columns of a pair, are changed in the same way.
   *
   * @param input a column of bytes (height, width, 1 or 3)
   * @throws IllegalArgumentException if there is no such column
   */
  public RowSource on(RowSource source, String input) {
    RowSource changed = new AugmentedRows(source, input, this);
    return isNone() ? source : changed;
  }
}
