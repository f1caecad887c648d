package dev.tandem.cuda.text;

import dev.tandem.core.op.BroadcastTo;
import dev.tandem.core.op.Op;
import dev.tandem.core.op.Pad;
import dev.tandem.core.op.PermuteOp;
import dev.tandem.core.op.Reverse;
import dev.tandem.core.op.Slice;
import dev.tandem.core.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Which element of one tensor belongs to each element of another: a sum over axes of coordinate
 * times stride, of as few axes as will do.
 *
 * @param axes those of the tensor that is gone through, the last one fastest
 * @param offset added to the sum
 * @param isShort whether all numbers fit into 32 bits
 */
record Walk(List<Axis> axes, long offset, boolean isShort) {

  /**
   * An axis.
   *
   * @param size how many there are
   * @param stride how far it is from one to the next in the other tensor
   * @param low the first that has an element there
   * @param high the one behind the last that has
   */
  record Axis(long size, long stride, long low, long high) {

    boolean isBounded() {
      return low > 0 || high < size;
    }

    /** Whether the element depends on the coordinate. */
    boolean matters() {
      return stride != 0 || isBounded();
    }
  }

  /** The elements that are repeated in a larger shape. */
  static Walk broadcast(Shape from, Shape to) {
    long[] own = strides(from);
    int extra = to.rank() - from.rank();
    List<Axis> axes = new ArrayList<>();
    for (int axis = 0; axis < to.rank(); axis++) {
      boolean repeats = axis < extra || from.size(axis - extra) == 1;
      axes.add(whole(to.size(axis), repeats ? 0 : own[axis - extra]));
    }
    return of(axes, 0, from, to);
  }

  /** What an op moves to each element of its output. */
  static Walk of(Op op, Shape from, Shape to) {
    if (op instanceof BroadcastTo) {
      return broadcast(from, to);
    }
    long[] own = strides(from);
    List<Axis> axes = new ArrayList<>();
    long offset = 0;
    for (int axis = 0; axis < to.rank(); axis++) {
      if (op instanceof PermuteOp permute) {
        axes.add(whole(to.size(axis), own[permute.axes().get(axis)]));
      } else if (op instanceof Slice slice) {
        axes.add(whole(to.size(axis), own[axis]));
        offset += slice.begin().size(axis) * own[axis];
      } else if (op instanceof Reverse reverse) {
        boolean turns = reverse.axes().list().contains(axis);
        axes.add(whole(to.size(axis), turns ? -own[axis] : own[axis]));
        offset += turns ? (to.size(axis) - 1) * own[axis] : 0;
      } else if (op instanceof Pad pad) {
        long begin = pad.begin().size(axis);
        axes.add(new Axis(to.size(axis), own[axis], begin, begin + from.size(axis)));
        offset -= begin * own[axis];
      } else {
        throw new IllegalArgumentException(op + " moves nothing");
      }
    }
    return of(axes, offset, from, to);
  }

  /** One of the inputs of a concatenation, from {@code begin} on along its axis. */
  static Walk piece(int axis, long begin, Shape from, Shape to) {
    long behind = 1;
    for (int i = axis + 1; i < to.rank(); i++) {
      behind *= to.size(i);
    }
    long size = from.size(axis) * behind;
    long all = to.size(axis) * behind;
    long outer = all == 0 ? 0 : to.length() / all;
    Axis along = new Axis(all, 1, begin * behind, begin * behind + size);
    return of(List.of(whole(outer, size), along), -begin * behind, from, to);
  }

  private static Axis whole(long size, long stride) {
    return new Axis(size, stride, 0, size);
  }

  private static long[] strides(Shape shape) {
    long[] strides = new long[shape.rank()];
    long behind = 1;
    for (int axis = shape.rank() - 1; axis >= 0; axis--) {
      strides[axis] = behind;
      behind *= shape.size(axis);
    }
    return strides;
  }

  private static Walk of(List<Axis> axes, long offset, Shape from, Shape to) {
    List<Axis> merged = new ArrayList<>();
    for (Axis axis : axes) {
      int last = merged.size() - 1;
      if (axis.size() == 1 && !axis.isBounded()) {
        continue;
      }
      Axis before = last < 0 ? null : merged.get(last);
      if (before != null && !axis.isBounded() && before.stride() == axis.stride() * axis.size()) {
        long size = axis.size();
        merged.set(
            last,
            new Axis(
                before.size() * size, axis.stride(), before.low() * size, before.high() * size));
      } else {
        merged.add(axis);
      }
    }
    boolean isShort = from.length() <= Integer.MAX_VALUE && to.length() <= Integer.MAX_VALUE;
    return new Walk(merged, offset, isShort);
  }

  /** Whether each element belongs to the one of the same index. */
  boolean isIdentity() {
    return offset == 0
        && axes.size() <= 1
        && axes.stream().allMatch(axis -> axis.stride() == 1 && !axis.isBounded());
  }

  /** Whether all elements belong to the same one. */
  boolean isOneElement() {
    return axes.stream().noneMatch(Axis::matters);
  }
}
