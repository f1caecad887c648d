package dev.tandem.core.engine.pass;

import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.ReshapeOp;
import dev.tandem.core.op.Slice;
import dev.tandem.core.op.StopGradient;
import dev.tandem.core.tensor.Shape;

/** Calls whose output is their input under another shape: no kernel runs, no memory is taken. */
public final class Views {

  private Views() {}

  /** Whether a call is one. */
  public static boolean isView(OpCall call) {
    return call.op() instanceof ReshapeOp
        || call.op() instanceof StopGradient
        || call.op() instanceof Slice slice && isStretch(slice, call.inputs().get(0).shape());
  }

  /** How many elements behind the first one of its input the output of a view begins. */
  public static long offset(OpCall view) {
    return view.op() instanceof Slice slice ? begin(slice, view.inputs().get(0).shape()) : 0;
  }

  /** Whether the box is one stretch of memory: single indexes, one range, then whole axes. */
  private static boolean isStretch(Slice slice, Shape from) {
    int axis = 0;
    while (axis < from.rank() && slice.size().size(axis) == 1) {
      axis++;
    }
    for (int i = axis + 1; i < from.rank(); i++) {
      if (slice.size().size(i) != from.size(i)) {
        return false;
      }
    }
    return true;
  }

  private static long begin(Slice slice, Shape from) {
    long begin = 0;
    for (int axis = 0; axis < from.rank(); axis++) {
      begin = begin * from.size(axis) + slice.begin().size(axis);
    }
    return begin;
  }
}
