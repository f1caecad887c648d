package dev.tandem.core.engine.nd4j;

import dev.tandem.core.engine.kernel.Binding;
import dev.tandem.core.engine.kernel.HostKernelChoice;
import dev.tandem.core.engine.kernel.Kernel;
import dev.tandem.core.engine.kernel.ReducedAxes;
import dev.tandem.core.op.Axes;
import dev.tandem.core.op.CumulativeSum;
import dev.tandem.core.op.MatMul;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.Sum;
import dev.tandem.core.tensor.TensorSpec;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Matrix products, and sums as products with ones. */
final class Products {

  /** Sums of fewer elements are cheaper by the reduction, which takes longer an element. */
  private static final long LEAST_FOR_PRODUCT = 16_000;

  private Products() {}

  static HostKernelChoice matmul(OpCall call) {
    MatMul op = (MatMul) call.op();
    return Choice.of(b -> matmul(b.in(0), b.in(1), op.transposeA(), op.transposeB(), b.out()));
  }

  static Kernel matmul(
      INDArray a, INDArray b, boolean transposeA, boolean transposeB, INDArray out) {
    return Native.custom(
        "matmul", List.of(a, b), List.of(out), transposeA ? 1 : 0, transposeB ? 1 : 0, 0);
  }

  static @Nullable HostKernelChoice sum(OpCall call) {
    Sum op = (Sum) call.op();
    ReducedAxes axes = ReducedAxes.of(call.inputs().get(0).shape(), op.axes());
    TensorSpec spec = call.inputs().get(0).spec();
    boolean small = spec.shape().length() < LEAST_FOR_PRODUCT;
    if (!spec.dtype().isFPType() || !axes.adjacent() || small) {
      return reduce("reduce_sum", op.axes());
    }
    if (axes.reduced() == 1) {
      return Choice.of(b -> Native.custom("assign", List.of(b.out(), reshaped(b)), b.outputs()));
    }
    if (axes.outer() == 1) {
      return Choice.of(b -> sumOfRows(b, axes));
    }
    if (axes.inner() == 1) {
      return Choice.of(b -> sumOfColumns(b, axes));
    }
    return reduce("reduce_sum", op.axes());
  }

  static HostKernelChoice cumulativeSum(OpCall call) {
    CumulativeSum op = (CumulativeSum) call.op();
    long[] args = {op.exclusive() ? 1 : 0, op.reversed() ? 1 : 0, op.axis()};
    return Choice.of(b -> Native.custom("cumsum", b.inputs(), b.outputs(), args));
  }

  private static INDArray reshaped(Binding b) {
    return Shapes.reshaped(b.in(0), b.out().shape());
  }

  private static Kernel sumOfRows(Binding b, ReducedAxes axes) {
    INDArray ones = b.constants().filled(1, b.out().dataType(), axes.reduced());
    return matmul(
        Shapes.reshaped(ones, 1, axes.reduced()),
        Shapes.reshaped(b.in(0), axes.reduced(), axes.inner()),
        false,
        false,
        Shapes.reshaped(b.out(), 1, axes.inner()));
  }

  private static Kernel sumOfColumns(Binding b, ReducedAxes axes) {
    INDArray ones = b.constants().filled(1, b.out().dataType(), axes.reduced());
    return matmul(
        Shapes.reshaped(b.in(0), axes.outer(), axes.reduced()),
        Shapes.reshaped(ones, axes.reduced(), 1),
        false,
        false,
        Shapes.reshaped(b.out(), axes.outer(), 1));
  }

  private static HostKernelChoice reduce(String name, Axes axes) {
    long[] args = Arrays.stream(axes.toArray()).asLongStream().toArray();
    return Choice.of(
        b ->
            Native.custom(
                name,
                b.inputs(),
                b.outputs(),
                new double[0],
                args,
                new boolean[] {b.out().rank() == b.in(0).rank()}));
  }
}
