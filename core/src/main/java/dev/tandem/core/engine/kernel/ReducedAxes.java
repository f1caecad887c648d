package dev.tandem.core.engine.kernel;

import dev.tandem.core.op.Axes;
import dev.tandem.core.tensor.Shape;

/**
 * A reduction as one over the middle of (outer, reduced, inner), if its axes lie side by side.
 *
 * @param outer the product of the sizes before
 * @param reduced the product of the sizes that are reduced
 * @param inner the product of the sizes behind
 * @param adjacent whether no other axis of more than one element lies between reduced ones
 */
public record ReducedAxes(long outer, long reduced, long inner, boolean adjacent) {

  /** Those of a shape. */
  public static ReducedAxes of(Shape shape, Axes axes) {
    long outer = 1;
    long reduced = 1;
    long inner = 1;
    boolean adjacent = true;
    boolean begun = false;
    for (int axis = 0; axis < shape.rank(); axis++) {
      long size = shape.size(axis);
      if (axes.list().contains(axis)) {
        begun = true;
        adjacent &= inner == 1;
        reduced *= size;
      } else if (begun) {
        inner *= size;
      } else {
        outer *= size;
      }
    }
    return new ReducedAxes(outer, reduced, inner, adjacent);
  }
}
