package dev.tandem.gan.data;

import java.util.Arrays;

/** What becomes of a picture whose sides have another ratio than the size that is asked for. */
public enum ImageResize {
  /** The largest part around its center that has the ratio. */
  CROP("crop") {
    @Override
    Picture apply(Picture picture, ImageSize size, int background) {
      double scale =
          Math.min(
              picture.height() / (double) size.height(), picture.width() / (double) size.width());
      double height = size.height() * scale;
      double width = size.width() * scale;
      return Resampler.part(
          picture,
          (picture.height() - height) / 2,
          (picture.width() - width) / 2,
          height,
          width,
          size);
    }
  },
  /** The whole picture, in the middle of the background. */
  FIT("fit") {
    @Override
    Picture apply(Picture picture, ImageSize size, int background) {
      double scale =
          Math.max(
              picture.height() / (double) size.height(), picture.width() / (double) size.width());
      ImageSize inside =
          new ImageSize(
              (int) Math.max(1, Math.min(size.height(), Math.round(picture.height() / scale))),
              (int) Math.max(1, Math.min(size.width(), Math.round(picture.width() / scale))));
      return inside.equals(size)
          ? SQUASH.apply(picture, size, background)
          : laid(SQUASH.apply(picture, inside, background), size, background);
    }
  },
  /** The whole picture, its sides changed each for itself. */
  SQUASH("squash") {
    @Override
    Picture apply(Picture picture, ImageSize size, int background) {
      return Resampler.part(picture, 0, 0, picture.height(), picture.width(), size);
    }
  };

  private final String title;

  ImageResize(String title) {
    this.title = title;
  }

  /**
   * A picture of a size.
   *
   * @param background 0xRRGGBB
   */
  abstract Picture apply(Picture picture, ImageSize size, int background);

  /** A picture in the middle of a larger one of one color. */
  private static Picture laid(Picture picture, ImageSize size, int background) {
    byte[] levels = new byte[size.height() * size.width() * Picture.COLORS];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = (byte) (background >> 8 * (2 - i % Picture.COLORS));
    }
    int top = (size.height() - picture.height()) / 2;
    int left = (size.width() - picture.width()) / 2;
    int row = picture.width() * Picture.COLORS;
    for (int y = 0; y < picture.height(); y++) {
      int to = ((top + y) * size.width() + left) * Picture.COLORS;
      System.arraycopy(picture.levels(), y * row, levels, to, row);
    }
    return new Picture(size.height(), size.width(), levels);
  }

  /** As in {@code crop}. */
  @Override
  public String toString() {
    return title;
  }

  /**
   * The one of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static ImageResize named(String name) {
    return Arrays.stream(values())
        .filter(resize -> resize.toString().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "resizing is none of crop (the middle), fit (the whole picture on a"
                        + " background) and squash: "
                        + name));
  }
}
