package dev.tandem.cuda.text;

import dev.tandem.core.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** Index arithmetic in 'c' order, as text. */
final class Coordinates {

  private Coordinates() {}

  /** The coordinates of an element along each axis, from its index; "0" along axes of one. */
  static List<String> of(Shape shape, String index) {
    List<String> coordinates = new ArrayList<>();
    long behind = shape.length();
    boolean first = true;
    for (int axis = 0; axis < shape.rank(); axis++) {
      long size = shape.size(axis);
      behind /= Math.max(1, size);
      if (size == 1) {
        coordinates.add("0");
        continue;
      }
      String text = behind == 1 ? index : "(" + index + " / " + behind + ")";
      coordinates.add(first ? text : "(" + text + " % " + size + ")");
      first = false;
    }
    return coordinates;
  }

  /** The index of an element from its coordinates; along axes of one they do not matter. */
  static String index(Shape shape, List<String> coordinates) {
    StringBuilder sum = new StringBuilder();
    long behind = 1;
    for (int axis = shape.rank() - 1; axis >= 0; axis--) {
      long size = shape.size(axis);
      String at = coordinates.get(axis);
      if (size != 1 && !at.equals("0")) {
        sum.append(sum.isEmpty() ? "" : " + ").append(behind == 1 ? at : at + " * " + behind);
      }
      behind *= size;
    }
    return sum.isEmpty() ? "0" : "(" + sum + ")";
  }
}
