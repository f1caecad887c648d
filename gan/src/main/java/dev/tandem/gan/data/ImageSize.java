package dev.tandem.gan.data;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The size of images in pixels.
 *
 * @param height rows, at least 1
 * @param width columns, at least 1
 */
public record ImageSize(int height, int width) {

  private static final Pattern FORM = Pattern.compile("(\\d{1,5})(?:[x×](\\d{1,5}))?");

  /**
   * Checks both numbers.
   *
   * @throws IllegalArgumentException if one is not at least 1
   */
  public ImageSize {
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "size of images is not at least 1×1: " + height + "×" + width);
    }
  }

  /** A square. */
  public static ImageSize square(int side) {
    return new ImageSize(side, side);
  }

  /**
   * The size that a text says: {@code 64} for a square, {@code 48x64} for height and width.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static ImageSize parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "size is neither N nor HxW, as 64 or 48x64 (height x width in pixels): " + text);
    }
    int height = Integer.parseInt(matcher.group(1));
    return new ImageSize(
        height, matcher.group(2) == null ? height : Integer.parseInt(matcher.group(2)));
  }

  /** Height, then width, as in {@code 48×64}. */
  @Override
  public String toString() {
    return height + "×" + width;
  }
}
