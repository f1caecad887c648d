package dev.tandem.core.layer;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The axes along which a layer normalizes, as they are set, and as they are in an input. */
final class NormAxes {

  static final Setting<List<Integer>> AXES =
      Setting.integers("axes").otherwise(List.of(-1)).checked(NormAxes::require);

  private NormAxes() {}

  private static void require(String what, List<Integer> axes) {
    if (axes.isEmpty() || axes.contains(0)) {
      throw new IllegalArgumentException(
          what + " are " + axes + "; name at least one, and not the batch, which is 0");
    }
  }

  /** Their places in an input, in increasing order; refuses those that there are not. */
  static int[] in(Shape input, StandardLayer<?> layer) {
    List<Integer> axes = layer.settings().get(AXES);
    int rank = input.rank();
    int[] places = axes.stream().mapToInt(axis -> axis < 0 ? axis + rank : axis).toArray();
    for (int i = 0; i < places.length; i++) {
      boolean increasing = i == 0 || places[i] > places[i - 1];
      if (places[i] < 1 || places[i] >= rank || !increasing) {
        throw layer.reject(
            "normalizes along axes " + axes,
            input,
            "name axes that there are in increasing order, and not the batch");
      }
    }
    return places;
  }

  /** The shape of their weights. */
  static Shape sizes(Shape input, int[] axes) {
    return Shape.of(Arrays.stream(axes).mapToLong(input::size).toArray());
  }

  /** Refuses an input whose axes have other sizes than the weights. */
  static void requireSizes(StandardLayer<?> layer, Shape input) {
    Shape now = sizes(input, in(input, layer));
    for (Weight weight : layer.weights()) {
      if (!weight.shape().equals(now)) {
        throw layer.reject(
            "has " + weight.name() + " " + weight.shape() + " for its axes",
            input,
            "use another layer for this one");
      }
    }
  }

  /** Whether they are the last axes of an input. */
  static boolean areLast(int[] axes, int rank) {
    return axes[0] == rank - axes.length; // they increase
  }

  /** A weight with axes of size 1 where the input has others. */
  static Value spread(Ops ops, Value weight, Shape input, int[] axes) {
    if (areLast(axes, input.rank())) {
      return weight;
    }
    Shape shape = input;
    for (int axis = 0; axis < input.rank(); axis++) {
      int here = axis;
      if (IntStream.of(axes).noneMatch(one -> one == here)) {
        shape = shape.with(axis, 1);
      }
    }
    return ops.reshape(weight, shape);
  }

  /** Refuses a masked input whose steps would be normalized together. */
  static void requireSteps(StandardLayer<?> layer, Shape input) {
    if (IntStream.of(in(input, layer)).anyMatch(axis -> axis == 1)) {
      throw layer.reject(
          "normalizes over steps, axis 1, of which a mask leaves some out",
          input,
          "name other axes, or insert Unmasking.of() before it");
    }
  }
}
