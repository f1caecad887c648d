package dev.tandem.core.layer;

import dev.tandem.core.tensor.Check;
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

  /** The setting that holds one, under the word that messages call it by. */
  static Setting<List<Integer>> setting(String what) {
    return Setting.integers("border").called(what).checked(Check::noneNegative);
  }

  static Border of(List<Integer> sides) {
    return new Border(sides.get(0), sides.get(1), sides.get(2), sides.get(3));
  }

  int rows() {
    return top + bottom;
  }

  int columns() {
    return left + right;
  }
}
