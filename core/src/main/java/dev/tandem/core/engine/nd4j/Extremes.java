package dev.tandem.core.engine.nd4j;

import dev.tandem.core.engine.kernel.Binding;
import dev.tandem.core.engine.kernel.HostKernelChoice;
import dev.tandem.core.engine.kernel.Kernel;
import dev.tandem.core.engine.kernel.Sequence;
import dev.tandem.core.op.Fill;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarMultiplication;
import org.nd4j.linalg.api.ops.impl.transforms.same.Abs;

/**
 * The larger or the smaller of two inputs, NaN where either is: the native ops return one operand
 * where the other is NaN, so NaN is marked apart and added. Against one number, clipping keeps NaN
 * by itself.
 */
final class Extremes {

  private Extremes() {}

  static HostKernelChoice max(OpCall call) {
    return choice("maximum", call, true);
  }

  static HostKernelChoice min(OpCall call) {
    return choice("minimum", call, false);
  }

  private static HostKernelChoice choice(String name, OpCall call, boolean larger) {
    TensorSpec output = call.outputs().get(0).spec();
    for (int i = 0; i < 2; i++) {
      Double number = number(call.inputs().get(i));
      Value other = call.inputs().get(1 - i);
      if (number != null && other.spec().equals(output)) {
        return against(number, other, larger);
      }
    }
    TensorSpec[] marks = call.inputs().stream().map(Value::spec).toArray(TensorSpec[]::new);
    Choice choice = Choice.of(b -> marked(name, b)).scratch(marks);
    for (int i = 0; i < 2; i++) {
      choice = call.inputs().get(i).spec().equals(output) ? choice.sharing(0, i) : choice;
    }
    return choice;
  }

  private static @Nullable Double number(Value value) {
    return value.call().op() instanceof Fill fill && Double.isFinite(fill.number())
        ? (Double) fill.number()
        : null;
  }

  private static HostKernelChoice against(double number, Value x, boolean larger) {
    double[] limits =
        larger
            ? new double[] {number, Double.POSITIVE_INFINITY}
            : new double[] {Double.NEGATIVE_INFINITY, number};
    return Choice.of(b -> Native.custom("clipbyvalue", List.of(b.in(0)), b.outputs(), limits))
        .reading(x)
        .sharing(0, 0);
  }

  private static Kernel marked(String name, Binding b) {
    List<Kernel> kernels = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      mark(b.in(i), b.scratch(i), kernels);
    }
    kernels.add(Native.custom(name, b.inputs(), b.outputs()));
    for (int i = 0; i < 2; i++) {
      kernels.add(Native.custom("add", List.of(b.out(), b.scratch(i)), b.outputs()));
    }
    return Sequence.of(kernels);
  }

  /** relu(-|x|), which is NaN for NaN and 0 for all else. */
  private static void mark(INDArray x, INDArray marks, List<Kernel> kernels) {
    kernels.add(Native.legacy(new Abs(x, marks)));
    kernels.add(Native.legacy(new ScalarMultiplication(marks, null, marks, -1)));
    kernels.add(Native.custom("relu", List.of(marks), List.of(marks), new double[] {0}));
  }
}
