package dev.tandem.cuda.text;

import com.google.common.collect.ImmutableMap;
import dev.tandem.core.op.BinaryFunction;
import dev.tandem.core.op.Cast;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.Scale;
import dev.tandem.core.op.StopGradient;
import dev.tandem.core.op.UnaryFunction;
import dev.tandem.core.op.activation.Relu;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ops that compute one element from one element of each input, as C++ expressions. */
final class Expressions {

  /** An expression of operands, of the type of the output. */
  private interface Rule {
    String text(OpCall call, CType type, List<String> x);
  }

  private static final ImmutableMap<Object, Rule> RULES =
      ImmutableMap.<Object, Rule>builder()
          .put(UnaryFunction.ABS, function("fabs"))
          .put(UnaryFunction.ERF, function("erf"))
          .put(UnaryFunction.EXP, function("exp"))
          .put(UnaryFunction.LOG, function("log"))
          .put(UnaryFunction.LOG1P, function("log1p"))
          .put(UnaryFunction.SQRT, function("sqrt"))
          .put(UnaryFunction.SQUARE, (call, type, x) -> x.get(0) + " * " + x.get(0))
          .put(BinaryFunction.ADD, infix("+"))
          .put(BinaryFunction.SUBTRACT, infix("-"))
          .put(BinaryFunction.MULTIPLY, infix("*"))
          .put(BinaryFunction.DIVIDE, infix("/"))
          .put(Cast.class, (call, type, x) -> "(" + type.text() + ")" + x.get(0))
          .put(StopGradient.class, (call, type, x) -> x.get(0))
          .put(
              Scale.class,
              (call, type, x) -> x.get(0) + " * " + type.number(((Scale) call.op()).factor()))
          .put(
              Relu.class,
              (call, type, x) -> x.get(0) + " < 0 ? " + type.number(0) + " : " + x.get(0))
          .buildOrThrow();

  private Expressions() {}

  private static Rule function(String name) {
    return (call, type, x) -> type.function(name) + "(" + x.get(0) + ")";
  }

  private static Rule infix(String operator) {
    return (call, type, x) -> x.get(0) + " " + operator + " " + x.get(1);
  }

  /** Whether a call is such an op, of types that kernels have. */
  static boolean isOne(OpCall call) {
    return RULES.containsKey(call.op().kind())
        && CType.of(call.outputs().get(0).dtype()) != null
        && call.inputs().stream().allMatch(input -> CType.of(input.dtype()) != null);
  }

  /**
   * The expression of a call.
   *
   * @param x names of the operands
   */
  static String of(OpCall call, CType type, List<String> x) {
    @Nullable Rule rule = RULES.get(call.op().kind());
    if (rule == null) {
      throw new IllegalArgumentException("no expression for " + call);
    }
    return rule.text(call, type, x);
  }
}
