package dev.tandem.core.op;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Ints;
import dev.tandem.core.tensor.Shape;
import java.util.Arrays;

/**
 * A set of axes.
 *
 * @param list ascending and not negative
 */
public record Axes(ImmutableList<Integer> list) {

  /** The given axes of a shape; negative ones count from its end. */
  public static Axes of(Shape shape, int... axes) {
    return new Axes(
        Arrays.stream(axes)
            .map(shape::axis)
            .sorted()
            .distinct()
            .boxed()
            .collect(ImmutableList.toImmutableList()));
  }

  /** The axes as a new array. */
  public int[] toArray() {
    return Ints.toArray(list);
  }

  /** Whether these axes hold one element each, so that nothing is reduced. */
  public boolean areSingle(Shape shape) {
    return list.stream().allMatch(axis -> shape.size(axis) == 1);
  }

  /** The shape with these axes gone, or of size 1. */
  public Shape reduce(Shape shape, boolean keep) {
    Shape reduced = shape;
    for (int axis : list.reverse()) {
      reduced = keep ? reduced.with(axis, 1) : reduced.without(axis);
    }
    return reduced;
  }
}
