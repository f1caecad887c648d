package dev.tandem.core.op;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Ints;
import dev.tandem.core.tensor.Shape;
import java.util.Arrays;

/** A set of axes, ascending and not negative: a list, so that it has equality. */
record Axes(ImmutableList<Integer> list) {

  static Axes of(Shape shape, int... axes) {
    return new Axes(
        Arrays.stream(axes)
            .map(shape::axis)
            .sorted()
            .distinct()
            .boxed()
            .collect(ImmutableList.toImmutableList()));
  }

  int[] toArray() {
    return Ints.toArray(list);
  }

  /** The shape with these axes gone, or of size 1. */
  Shape reduce(Shape shape, boolean keep) {
    Shape reduced = shape;
    for (int axis : list.reverse()) {
      reduced = keep ? reduced.with(axis, 1) : reduced.without(axis);
    }
    return reduced;
  }
}
