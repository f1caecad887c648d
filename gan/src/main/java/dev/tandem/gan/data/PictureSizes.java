package dev.tandem.gan.data;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The sizes that pictures have.
 *
 * @param only the one of all, if they have one
 * @param median the median of their shorter sides
 */
record PictureSizes(Optional<ImageSize> only, int median) {

  private static final int[] SQUARES = {16, 20, 24, 28, 32, 40, 48, 56, 64};
  private static final int LARGEST_KEPT = 128;

  static PictureSizes all(ImageSize size) {
    return new PictureSizes(Optional.of(size), Math.min(size.height(), size.width()));
  }

  /** Those of a list with at least one. */
  static PictureSizes of(List<ImageSize> sizes) {
    int[] shorter =
        sizes.stream().mapToInt(size -> Math.min(size.height(), size.width())).sorted().toArray();
    boolean same = sizes.stream().distinct().count() == 1;
    return new PictureSizes(
        same ? Optional.of(sizes.get(0)) : Optional.empty(), shorter[(shorter.length - 1) / 2]);
  }

  /**
   * The size for all: their own if they have one that will do, else the largest square not above
   * the median of their shorter sides, of 16 to 64 pixels, that convolutions halve to 4 to 7.
   *
   * @param squares whether no other size will do than squares like these, up to 128
   */
  ImageSize common(boolean squares) {
    if (only.isPresent() && (!squares || halves(only.get()))) {
      return only.get();
    }
    return ImageSize.square(
        Arrays.stream(SQUARES).filter(side -> side <= median).max().orElse(SQUARES[0]));
  }

  private static boolean halves(ImageSize size) {
    int side = size.height();
    int doubled = 0;
    while (side > 7 && side % 2 == 0) {
      side /= 2;
      doubled++;
    }
    return size.height() == size.width()
        && size.height() <= LARGEST_KEPT
        && side >= 4
        && side <= 7
        && doubled >= 2;
  }
}
