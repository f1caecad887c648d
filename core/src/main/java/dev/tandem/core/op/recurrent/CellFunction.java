package dev.tandem.core.op.recurrent;

import dev.tandem.core.op.Op;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.activation.Sigmoid;
import dev.tandem.core.op.activation.SigmoidGradient;
import dev.tandem.core.op.activation.Tanh;
import dev.tandem.core.op.activation.TanhGradient;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;

/** An elementwise function inside of a cell. Two that are equal are the same function. */
@FunctionalInterface
public interface CellFunction {

  /** The function of a tensor, of the same shape. */
  Value apply(Ops ops, Value x);

  /** Whether it is an op alone, and which: found by trying. */
  private static Optional<Op> only(CellFunction function) {
    Ops scratch = new Ops();
    Value x = scratch.feed("x", new TensorSpec(Shape.of(1, 1), DataType.FLOAT));
    OpCall call = function.apply(scratch, x).call();
    return call.inputs().equals(List.of(x)) ? Optional.of(call.op()) : Optional.empty();
  }

  /** Whether a function is the hyperbolic tangent. */
  static boolean isTanh(CellFunction function) {
    return only(function).filter(Tanh.class::isInstance).isPresent();
  }

  /** Whether a function is the logistic one. */
  static boolean isSigmoid(CellFunction function) {
    return only(function).filter(Sigmoid.class::isInstance).isPresent();
  }

  /** The op from (gradient, output) to the gradient at the input, of a function that has one. */
  static Optional<Op> gradient(CellFunction function) {
    return only(function)
        .flatMap(
            op ->
                op instanceof Tanh
                    ? Optional.of(new TanhGradient())
                    : op instanceof Sigmoid
                        ? Optional.of(new SigmoidGradient())
                        : Optional.empty());
  }
}
