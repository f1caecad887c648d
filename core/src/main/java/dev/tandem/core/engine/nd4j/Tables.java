package dev.tandem.core.engine.nd4j;

import dev.tandem.core.engine.kernel.Binding;
import dev.tandem.core.engine.kernel.Kernel;
import dev.tandem.core.engine.kernel.KernelChoice;
import dev.tandem.core.op.OneHot;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.SegmentSum;
import java.util.List;

/** Ops on indices. */
final class Tables {

  private Tables() {}

  static KernelChoice gather(OpCall call) {
    return Choice.of(b -> Native.custom("gather", b.inputs(), b.outputs(), 0));
  }

  static KernelChoice segmentSum(OpCall call) {
    long rows = ((SegmentSum) call.op()).rows();
    return Choice.of(b -> segmentSum(b, rows));
  }

  private static Kernel segmentSum(Binding b, long rows) {
    long count = b.in(1).length();
    return Native.custom(
        "unsorted_segment_sum",
        List.of(
            Shapes.reshaped(b.in(0), count, b.in(0).length() / count),
            Shapes.reshaped(b.in(1), count)),
        b.outputs(),
        rows);
  }

  static KernelChoice oneHot(OpCall call) {
    long depth = ((OneHot) call.op()).depth();
    return Choice.of(
        b -> Native.custom("onehot", b.inputs(), b.outputs(), new double[] {1, 0}, -1, depth));
  }

  static KernelChoice argMax(OpCall call) {
    long last = call.inputs().get(0).rank() - 1;
    return Choice.of(b -> Native.custom("argmax", b.inputs(), b.outputs(), last));
  }
}
