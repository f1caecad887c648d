package dev.tandem.cuda.text;

import com.google.common.collect.ImmutableMap;
import dev.tandem.core.op.BinaryFunction;
import dev.tandem.core.op.Cast;
import dev.tandem.core.op.Op;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.Power;
import dev.tandem.core.op.Scale;
import dev.tandem.core.op.Select;
import dev.tandem.core.op.Shift;
import dev.tandem.core.op.StopGradient;
import dev.tandem.core.op.UnaryFunction;
import dev.tandem.core.op.Value;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;

/** Ops that compute one element from one element of each input, as C++ expressions. */
final class Expressions {

  /** An expression of operands, which are names or numbers, of the type of the output. */
  interface Rule {
    String text(OpCall call, CType type, List<String> x);
  }

  private static final ImmutableMap<Object, Rule> RULES =
      ImmutableMap.<Object, Rule>builder()
          .put(UnaryFunction.ABS, Expressions::absolute)
          .put(UnaryFunction.ERF, function("erf"))
          .put(UnaryFunction.EXP, function("exp"))
          .put(UnaryFunction.LOG, function("log"))
          .put(UnaryFunction.LOG1P, function("log1p"))
          .put(UnaryFunction.SIGN, of("$a > 0 ? $1 : $a < 0 ? -$1 : $0"))
          .put(UnaryFunction.SQRT, function("sqrt"))
          .put(UnaryFunction.SQUARE, of("$a * $a"))
          .put(UnaryFunction.STEP, of("$a > 0 ? $1 : $0"))
          .put(BinaryFunction.ADD, of("$a + $b"))
          .put(BinaryFunction.SUBTRACT, of("$a - $b"))
          .put(BinaryFunction.MULTIPLY, of("$a * $b"))
          .put(BinaryFunction.DIVIDE, Expressions::quotient)
          // a NaN on the left is taken, and one on the right, as no comparison holds with it
          .put(BinaryFunction.MAXIMUM, of("$a > $b || $a != $a ? $a : $b"))
          .put(BinaryFunction.MINIMUM, of("$a < $b || $a != $a ? $a : $b"))
          .put(BinaryFunction.GREATER, of("$a > $b ? $1 : $0"))
          .put(BinaryFunction.EQUAL, of("$a == $b ? $1 : $0"))
          .put(Select.class, of("$a != 0 ? $b : $c"))
          .put(Cast.class, Expressions::cast)
          .put(StopGradient.class, of("$a"))
          .put(Scale.class, of("$a * #0", op -> ((Scale) op).factor()))
          .put(Shift.class, of("$a + #0", op -> ((Shift) op).term()))
          .put(Power.class, (c, t, x) -> power(((Power) c.op()).exponent(), t, x.get(0)))
          .putAll(Activations.RULES)
          .buildOrThrow();

  /** What integers have, too; all else is of floating point alone. */
  private static final Set<Object> OF_INTEGERS =
      Set.of(
          UnaryFunction.ABS,
          UnaryFunction.SIGN,
          UnaryFunction.SQUARE,
          UnaryFunction.STEP,
          BinaryFunction.ADD,
          BinaryFunction.SUBTRACT,
          BinaryFunction.MULTIPLY,
          BinaryFunction.DIVIDE,
          BinaryFunction.MAXIMUM,
          BinaryFunction.MINIMUM,
          BinaryFunction.GREATER,
          BinaryFunction.EQUAL,
          Select.class,
          Cast.class,
          StopGradient.class,
          Scale.class,
          Shift.class);

  private Expressions() {}

  private static Rule function(String name) {
    return (call, type, x) -> type.function(name) + "(" + x.get(0) + ")";
  }

  /**
   * A pattern in which $a, $b and $c are the operands, $0 and $1 these numbers, #0, #1, … settings
   * of the op, and names of functions that differ by type end in $f.
   */
  @SafeVarargs
  static Rule of(String pattern, ToDoubleFunction<Op>... settings) {
    return (call, type, x) -> {
      String text = pattern;
      for (int i = 0; i < settings.length; i++) {
        text = text.replace("#" + i, type.number(settings[i].applyAsDouble(call.op())));
      }
      return filled(text, type, x);
    };
  }

  private static String filled(String pattern, CType type, List<String> x) {
    String text =
        pattern
            .replace("$0", type.number(0))
            .replace("$1", type.number(1))
            .replace("$f", type.function(""))
            .replace("$a", x.get(0));
    for (int i = 1; i < x.size(); i++) {
      text = text.replace(i == 1 ? "$b" : "$c", x.get(i));
    }
    return text;
  }

  private static String absolute(OpCall call, CType type, List<String> x) {
    return filled(type.isFloating() ? "fabs$f($a)" : "$a < 0 ? -$a : $a", type, x);
  }

  /** Division by the integer 0, which ends a program on a host, gives 0. */
  private static String quotient(OpCall call, CType type, List<String> x) {
    return filled(type.isFloating() ? "$a / $b" : "$b == 0 ? $0 : $a / $b", type, x);
  }

  /** Roots have no values for minus infinity, for which the power function of C has some. */
  private static String power(double exponent, CType type, String x) {
    if (exponent == 0.5) {
      return type.function("sqrt") + "(" + x + ")";
    } else if (exponent == -0.5) {
      return type.number(1) + " / " + type.function("sqrt") + "(" + x + ")";
    } else if (exponent == -1) {
      return type.number(1) + " / " + x;
    } else if (exponent == 3) {
      return x + " * " + x + " * " + x;
    }
    return type.function("pow") + "(" + x + ", " + type.number(exponent) + ")";
  }

  /**
   * NaN and what is too large for an integer become the least one, as on the processors that ND4J
   * runs on; bytes are the lowest bits of int32. Whatever is not 0 is true.
   */
  private static String cast(OpCall call, CType type, List<String> x) {
    CType from = Objects.requireNonNull(CType.of(call.inputs().get(0).dtype()));
    String a = x.get(0);
    if (type == CType.BFLOAT16) {
      return "narrowed(" + a + ")";
    } else if (from == CType.BFLOAT16) {
      return from.widened(a);
    } else if (type == CType.BOOL) {
      return a + " != 0";
    } else if (type.isFloating() || !from.isFloating()) {
      return "(" + type.text() + ")" + a;
    } else if (type == CType.LONG) {
      return bounded(from, a, "long long", 0x1p63, "(-9223372036854775807LL - 1)");
    }
    return "(" + type.text() + ")(" + bounded(from, a, "int", 0x1p31, "(-2147483647 - 1)") + ")";
  }

  private static String bounded(CType from, String x, String to, double limit, String least) {
    return String.format(
        Locale.ROOT,
        "%s >= %s && %s < %s ? (%s)%s : %s",
        x,
        from.number(-limit),
        x,
        from.number(limit),
        to,
        x,
        least);
  }

  private static Stream<DataType> types(OpCall call) {
    return Stream.concat(call.inputs().stream(), call.outputs().stream()).map(Value::dtype);
  }

  /** Whether bfloat16 goes in or comes out; kernels cast it from and to float32, and no more. */
  private static boolean isNarrow(OpCall call) {
    return types(call).anyMatch(dtype -> dtype == DataType.BFLOAT16);
  }

  private static boolean hasFloat32(OpCall call) {
    return types(call).anyMatch(dtype -> dtype == DataType.FLOAT);
  }

  /** Whether a call is such an op, of types that kernels have. */
  static boolean isOne(OpCall call) {
    Object kind = call.op().kind();
    DataType dtype = call.outputs().get(0).dtype();
    if (isNarrow(call)) {
      return call.op() instanceof Cast && hasFloat32(call);
    }
    return RULES.containsKey(kind)
        && CType.of(dtype) != null
        && (dtype.isFPType() || OF_INTEGERS.contains(kind))
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
