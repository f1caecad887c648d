package dev.tandem.core.engine.nd4j;

import dev.tandem.core.op.OpCall;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A reduction as one over the middle of (outer, reduced, inner), if its axes lie side by side.
 *
 * @param outer the product of the sizes before
 * @param reduced the product of the sizes that are reduced
 * @param inner the product of the sizes behind
 * @param axes the reduced axes
 * @param adjacent whether no axis of another size than 1 lies between reduced ones
 */
record ReducedAxes(long outer, long reduced, long inner, int[] axes, boolean adjacent) {

  static ReducedAxes of(OpCall call) {
    Shape shape = call.inputs().get(0).shape();
    int[] axes = axes(call, shape.rank());
    long outer = 1;
    long reduced = 1;
    long inner = 1;
    boolean adjacent = true;
    int next = 0;
    for (int axis = 0; axis < shape.rank(); axis++) {
      long size = shape.size(axis);
      if (next < axes.length && axes[next] == axis) {
        next++;
        adjacent &= inner == 1;
        reduced *= size;
      } else if (next == 0) {
        outer *= size;
      } else {
        inner *= size;
      }
    }
    return new ReducedAxes(outer, reduced, inner, axes, adjacent);
  }

  /** The axes that change, found on a shape of distinct sizes. */
  private static int[] axes(OpCall call, int rank) {
    Shape probe = Shape.of(IntStream.range(0, rank).mapToLong(i -> i + 2).toArray());
    TensorSpec spec = call.inputs().get(0).spec().withShape(probe);
    Shape left = call.op().infer(List.of(spec)).get(0).shape();
    return IntStream.range(0, rank)
        .filter(i -> IntStream.range(0, left.rank()).noneMatch(j -> left.size(j) == i + 2))
        .toArray();
  }
}
