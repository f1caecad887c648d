package dev.tandem.core.layer;

import java.util.List;

/**
 * Rows and columns at the four sides of an image.
 *
 * @param top rows above
 * @param bottom rows below
 * @param left columns to the left
 * @param right columns to the right
 */
record Border(int top, int bottom, int left, int right) {

  static Config config(String what, int top, int bottom, int left, int right) {
    return Config.empty()
        .with(
            "border",
            List.of(
                Check.notNegative(what, top),
                Check.notNegative(what, bottom),
                Check.notNegative(what, left),
                Check.notNegative(what, right)));
  }

  static Border of(Config config) {
    List<Integer> sides = config.integers("border");
    return new Border(sides.get(0), sides.get(1), sides.get(2), sides.get(3));
  }

  int rows() {
    return top + bottom;
  }

  int columns() {
    return left + right;
  }
}
