package dev.tandem.core.engine.nd4j;

import dev.tandem.core.engine.kernel.Binding;
import dev.tandem.core.engine.kernel.HostKernelChoice;
import dev.tandem.core.engine.kernel.Kernel;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.array.OneHot;
import dev.tandem.core.op.array.SegmentSum;
import dev.tandem.core.op.array.SortIndices;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Ops on indices, which they look at first. */
final class Tables {

  private Tables() {}

  static HostKernelChoice gather(OpCall call) {
    return Choice.of(b -> indexed(b, "gather", b.inputs(), new double[0], 0));
  }

  static HostKernelChoice segmentSum(OpCall call) {
    long rows = ((SegmentSum) call.op()).rows();
    return Choice.of(b -> segmentSum(b, rows));
  }

  private static Kernel segmentSum(Binding b, long rows) {
    long count = b.in(1).length();
    INDArray values = Shapes.reshaped(b.in(0), count, b.in(0).length() / count);
    INDArray indices = Shapes.reshaped(b.in(1), count);
    if (count == 1) {
      Kernel kernel = () -> oneSegment(values, indices, b.out(0));
      return IndexGuard.around(
          kernel, b.call(), "unsorted_segment_sum", List.of(values, indices), rows);
    }
    return indexed(b, "unsorted_segment_sum", List.of(values, indices), new double[0], rows);
  }

  /** The native op takes a single row for numbers of their own. */
  private static void oneSegment(INDArray values, INDArray indices, INDArray table) {
    table.assign(0);
    table.slice(indices.getLong(0)).assign(values);
  }

  static HostKernelChoice oneHot(OpCall call) {
    long depth = ((OneHot) call.op()).depth();
    return Choice.of(
        b -> {
          Kernel kernel = OneHotRows.of(b.in(0), b.out(), depth);
          return kernel == null
              ? indexed(b, "onehot", b.inputs(), new double[] {1, 0}, -1, depth)
              : IndexGuard.around(kernel, b.call(), "onehot", b.inputs(), -1, depth);
        });
  }

  private static Kernel indexed(
      Binding b, String name, List<INDArray> inputs, double[] floats, long... args) {
    Kernel kernel = Native.custom(name, inputs, b.outputs(), floats, args);
    return IndexGuard.around(kernel, b.call(), name, inputs, args);
  }

  static @Nullable HostKernelChoice sortIndices(OpCall call) {
    DataType dtype = call.inputs().get(0).dtype();
    boolean descending = ((SortIndices) call.op()).descending();
    return dtype == DataType.FLOAT || dtype == DataType.DOUBLE
        ? Choice.of(b -> new SortedRows(b.in(0), b.out(), descending))
        : null;
  }

  static HostKernelChoice argMax(OpCall call) {
    long last = call.inputs().get(0).rank() - 1L;
    return Choice.of(b -> Native.custom("argmax", b.inputs(), b.outputs(), last));
  }
}
