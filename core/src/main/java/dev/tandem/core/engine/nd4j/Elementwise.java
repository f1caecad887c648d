package dev.tandem.core.engine.nd4j;

import dev.tandem.core.engine.kernel.Binding;
import dev.tandem.core.engine.kernel.HostKernelChoice;
import dev.tandem.core.engine.kernel.Kernel;
import dev.tandem.core.engine.kernel.Sequence;
import dev.tandem.core.engine.kernel.UseCounts;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.Power;
import dev.tandem.core.op.Scale;
import dev.tandem.core.op.Shift;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.activation.LeakyRelu;
import dev.tandem.core.op.activation.LeakyReluGradient;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.Op;
import org.nd4j.linalg.api.ops.impl.scalar.Pow;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarAdd;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarMax;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarMultiplication;
import org.nd4j.linalg.api.ops.impl.scalar.Step;
import org.nd4j.linalg.api.ops.impl.transforms.floating.RSqrt;
import org.nd4j.linalg.api.ops.impl.transforms.floating.Sqrt;
import org.nd4j.linalg.api.ops.impl.transforms.same.Reciprocal;

/** Ops of one element each, and their broadcasts. */
final class Elementwise {

  private Elementwise() {}

  /** A custom op of one input. */
  static Rule custom(String name, double... floats) {
    return (call, used) ->
        Choice.of(b -> Native.custom(name, b.inputs(), b.outputs(), floats)).sharing(0, 0);
  }

  /** A custom op of two inputs that broadcasts. */
  static Rule binary(String name) {
    return (call, used) ->
        sharingEqual(call, Choice.of(b -> Native.custom(name, b.inputs(), b.outputs())));
  }

  /** A sum; that with a bias has a way of its own. */
  static @Nullable HostKernelChoice add(OpCall call, UseCounts uses) {
    HostKernelChoice bias = Biases.add(call, uses);
    return bias != null ? bias : binary("add").choose(call, uses);
  }

  /** A custom op of two inputs that gives truth values, as numbers. */
  static Rule comparison(String name) {
    return (call, used) -> {
      TensorSpec truth = call.outputs().get(0).spec().withType(DataType.BOOL);
      Choice choice =
          Choice.of(
                  b ->
                      Sequence.of(
                          Native.custom(name, b.inputs(), b.scratch()),
                          cast(b.scratch(0), b.out())))
              .scratch(truth);
      return sharingEqual(call, choice);
    };
  }

  /** One of two values, by a third; each of the shape of the output or repeated to it first. */
  static HostKernelChoice select(OpCall call) {
    TensorSpec output = call.outputs().get(0).spec();
    List<TensorSpec> scratch = new ArrayList<>();
    scratch.add(output.withType(DataType.BOOL));
    for (Value input : call.inputs()) {
      scratch.add(input.spec().withShape(output.shape()));
    }
    return Choice.of(Elementwise::select).scratch(scratch.toArray(TensorSpec[]::new));
  }

  private static Kernel select(Binding b) {
    List<Kernel> kernels = new ArrayList<>();
    List<INDArray> whole = new ArrayList<>();
    for (int i = 0; i < b.inputs().size(); i++) {
      boolean spread = b.in(i).length() != b.out().length();
      if (spread) {
        kernels.add(Shapes.assign(b.in(i), b.scratch(i + 1)));
      }
      whole.add(spread ? b.scratch(i + 1) : Shapes.reshaped(b.in(i), b.out().shape()));
    }
    INDArray zero = b.constants().filled(0, whole.get(0).dataType(), 1);
    INDArray truth = b.scratch(0);
    kernels.add(Native.custom("not_equals", List.of(whole.get(0), zero), List.of(truth)));
    kernels.add(Native.custom("select", List.of(truth, whole.get(1), whole.get(2)), b.outputs()));
    return Sequence.of(kernels);
  }

  private static Choice sharingEqual(OpCall call, Choice choice) {
    TensorSpec output = call.outputs().get(0).spec();
    Choice sharing = choice;
    for (int i = 0; i < call.inputs().size(); i++) {
      if (call.inputs().get(i).spec().equals(output)) {
        sharing = sharing.sharing(0, i);
      }
    }
    return sharing;
  }

  static Kernel cast(INDArray from, INDArray to) {
    return Native.custom("cast", List.of(from), List.of(to), new double[0], to.dataType().toInt());
  }

  static HostKernelChoice scale(OpCall call) {
    double factor = ((Scale) call.op()).factor();
    return Choice.of(b -> times(b.in(0), factor, b.out())).sharing(0, 0);
  }

  static HostKernelChoice shift(OpCall call) {
    double term = ((Shift) call.op()).term();
    return Choice.of(b -> plus(b.in(0), term, b.out())).sharing(0, 0);
  }

  static HostKernelChoice softmax(OpCall call) {
    TensorSpec spec = call.inputs().get(0).spec();
    long classes = spec.shape().size(-1);
    long rows = spec.shape().length() / classes;
    return Choice.of(
            b -> {
              INDArray x = Shapes.reshaped(b.in(0), rows, classes);
              INDArray largest = b.scratch(0);
              INDArray shifted = b.scratch(1);
              INDArray y = Shapes.reshaped(b.out(), rows, classes);
              return Sequence.of(
                  Native.custom(
                      "reduce_max",
                      List.of(x),
                      List.of(largest),
                      new double[0],
                      new long[] {1},
                      new boolean[] {true}),
                  Native.custom("subtract", List.of(x, largest), List.of(shifted)),
                  Native.custom("softmax", List.of(shifted), List.of(y), 1));
            })
        .scratch(spec.withShape(Shape.of(rows, 1)), spec.withShape(Shape.of(rows, classes)));
  }

  static HostKernelChoice step(OpCall call) {
    return Choice.of(b -> Native.legacy(new Step(b.in(0), b.out(), 0.0))).sharing(0, 0);
  }

  static HostKernelChoice cast(OpCall call) {
    return Choice.of(b -> cast(b.in(0), b.out()));
  }

  static HostKernelChoice power(OpCall call) {
    double exponent = ((Power) call.op()).exponent();
    return Choice.of(b -> Native.legacy(power(b.in(0), exponent, b.out()))).sharing(0, 0);
  }

  private static Op power(INDArray x, double exponent, INDArray out) {
    if (exponent == 0.5) {
      return new Sqrt(x, out);
    } else if (exponent == -0.5) {
      return new RSqrt(x, out);
    } else if (exponent == -1) {
      return new Reciprocal(x, out);
    }
    return new Pow(x, out, exponent);
  }

  /** max(x, slope · x). */
  static HostKernelChoice leakyRelu(OpCall call) {
    double slope = ((LeakyRelu) call.op()).slope();
    return Choice.of(
        b ->
            Sequence.of(
                times(b.in(0), slope, b.out()),
                Native.custom("maximum", List.of(b.out(), b.in(0)), b.outputs())));
  }

  /** g times max(step(x), slope). */
  static HostKernelChoice leakyReluGradient(OpCall call) {
    double slope = ((LeakyReluGradient) call.op()).slope();
    return Choice.of(b -> leakyReluGradient(b, slope)).sharing(0, 1);
  }

  private static Kernel leakyReluGradient(Binding b, double slope) {
    Kernel mask = Native.legacy(new Step(b.in(1), b.out(), 0.0));
    Kernel slopes = Native.legacy(new ScalarMax(b.out(), null, b.out(), slope));
    Kernel product = Native.custom("multiply", List.of(b.out(), b.in(0)), b.outputs());
    return slope == 0 ? Sequence.of(mask, product) : Sequence.of(mask, slopes, product);
  }

  private static Kernel times(INDArray x, double factor, INDArray out) {
    return Native.legacy(new ScalarMultiplication(x, null, out, factor));
  }

  private static Kernel plus(INDArray x, double term, INDArray out) {
    return Native.legacy(new ScalarAdd(x, null, out, term));
  }
}
