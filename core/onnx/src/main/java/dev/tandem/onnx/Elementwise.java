package dev.tandem.onnx;

import com.google.common.collect.ImmutableMap;
import dev.tandem.core.op.BinaryFunction;
import dev.tandem.core.op.Cast;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.Power;
import dev.tandem.core.op.Scale;
import dev.tandem.core.op.Select;
import dev.tandem.core.op.Shift;
import dev.tandem.core.op.StopGradient;
import dev.tandem.core.op.UnaryFunction;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.activation.Elu;
import dev.tandem.core.op.activation.Gelu;
import dev.tandem.core.op.activation.GeluTanh;
import dev.tandem.core.op.activation.LeakyRelu;
import dev.tandem.core.op.activation.Relu;
import dev.tandem.core.op.activation.Selu;
import dev.tandem.core.op.activation.Sigmoid;
import dev.tandem.core.op.activation.Softplus;
import dev.tandem.core.op.activation.Tanh;
import java.util.List;
import onnx.Onnx.AttributeProto;
import org.nd4j.linalg.api.buffer.DataType;

/** Ops that treat each element by itself: they take the form in which their inputs are there. */
final class Elementwise {

  private static final double SELU_ALPHA = 1.6732632423543772848170429916717;
  private static final double SELU_SCALE = 1.0507009873554804934193349852946;

  /** One node, from one tensor to one. */
  private interface Unary {
    String write(OpCall call, NetWriter net, String x);
  }

  private Elementwise() {}

  static void register(ImmutableMap.Builder<Object, Converter> all) {
    all.put(Relu.class, node("Relu"));
    all.put(Tanh.class, node("Tanh"));
    all.put(Sigmoid.class, node("Sigmoid"));
    all.put(Softplus.class, node("Softplus"));
    all.put(Gelu.class, node("Gelu", Attributes.text("approximate", "none")));
    all.put(GeluTanh.class, node("Gelu", Attributes.text("approximate", "tanh")));
    all.put(
        Selu.class,
        node("Selu", Attributes.real("alpha", SELU_ALPHA), Attributes.real("gamma", SELU_SCALE)));
    all.put(
        Elu.class, unary((call, net, x) -> with(call, net, x, "Elu", ((Elu) call.op()).alpha())));
    all.put(
        LeakyRelu.class,
        unary((call, net, x) -> with(call, net, x, "LeakyRelu", ((LeakyRelu) call.op()).slope())));
    all.put(UnaryFunction.ABS, node("Abs"));
    all.put(UnaryFunction.ERF, node("Erf"));
    all.put(UnaryFunction.EXP, node("Exp"));
    all.put(UnaryFunction.LOG, node("Log"));
    all.put(UnaryFunction.SIGN, node("Sign"));
    all.put(UnaryFunction.SQRT, node("Sqrt"));
    all.put(
        UnaryFunction.LOG1P,
        unary((call, net, x) -> net.node("Log", call, List.of(number(call, net, "Add", x, 1)))));
    all.put(UnaryFunction.SQUARE, unary((call, net, x) -> net.node("Mul", call, List.of(x, x))));
    all.put(
        UnaryFunction.STEP,
        unary((call, net, x) -> cast(call, net, number(call, net, "Greater", x, 0))));
    all.put(Scale.class, unary(Elementwise::scale));
    all.put(
        Shift.class,
        unary((call, net, x) -> number(call, net, "Add", x, ((Shift) call.op()).term())));
    all.put(Power.class, unary(Elementwise::power));
    all.put(StopGradient.class, unary((call, net, x) -> x));
    all.put(Cast.class, unary((call, net, x) -> cast(call, net, x)));
    all.put(BinaryFunction.ADD, binary("Add"));
    all.put(BinaryFunction.SUBTRACT, binary("Sub"));
    all.put(
        BinaryFunction.MULTIPLY,
        (call, net) -> {
          if (!Norms.batch(call, net)) {
            binary("Mul").write(call, net);
          }
        });
    all.put(BinaryFunction.DIVIDE, binary("Div"));
    all.put(BinaryFunction.MAXIMUM, binary("Max"));
    all.put(BinaryFunction.MINIMUM, binary("Min"));
    all.put(BinaryFunction.GREATER, comparison("Greater"));
    all.put(BinaryFunction.EQUAL, comparison("Equal"));
    all.put(Select.class, Elementwise::select);
  }

  private static Converter unary(Unary unary) {
    return (call, net) -> {
      Value x = call.inputs().get(0);
      Layout layout = net.isFirst(x) ? Layout.FIRST : Layout.LAST;
      net.put(call.outputs().get(0), layout, unary.write(call, net, net.get(x, layout)));
    };
  }

  private static Converter node(String type, AttributeProto... settings) {
    return unary((call, net, x) -> net.node(type, call, List.of(x), settings));
  }

  private static String with(OpCall call, NetWriter net, String x, String type, double alpha) {
    return net.node(type, call, List.of(x), Attributes.real("alpha", alpha));
  }

  private static String number(OpCall call, NetWriter net, String type, String x, double number) {
    String other = net.fixed().number(number, call.inputs().get(0).dtype());
    return net.node(type, call, List.of(x, other));
  }

  private static String scale(OpCall call, NetWriter net, String x) {
    double factor = ((Scale) call.op()).factor();
    return factor == -1 ? net.node("Neg", call, List.of(x)) : number(call, net, "Mul", x, factor);
  }

  private static String power(OpCall call, NetWriter net, String x) {
    double exponent = ((Power) call.op()).exponent();
    if (exponent == 0.5) {
      return net.node("Sqrt", call, List.of(x));
    }
    if (exponent == -0.5) {
      return net.node("Reciprocal", call, List.of(net.node("Sqrt", call, List.of(x))));
    }
    return exponent == -1
        ? net.node("Reciprocal", call, List.of(x))
        : number(call, net, "Pow", x, exponent);
  }

  private static String cast(OpCall call, NetWriter net, String x) {
    int type = Types.number(call.outputs().get(0).dtype());
    return net.node("Cast", call, List.of(x), Attributes.integer("to", type));
  }

  private static Converter binary(String type) {
    return (call, net) -> {
      Layout layout = net.common(call);
      net.put(call.outputs().get(0), layout, both(call, net, type, layout));
    };
  }

  private static void select(OpCall call, NetWriter net) {
    Layout layout = net.common(call);
    List<String> inputs =
        call.inputs().stream().map(value -> net.aligned(value, call, layout)).toList();
    int type = Types.number(DataType.BOOL);
    String condition =
        net.node("Cast", call, List.of(inputs.get(0)), Attributes.integer("to", type));
    net.put(
        call.outputs().get(0),
        layout,
        net.node("Where", call, List.of(condition, inputs.get(1), inputs.get(2))));
  }

  private static Converter comparison(String type) {
    return (call, net) -> {
      Layout layout = net.common(call);
      net.put(call.outputs().get(0), layout, cast(call, net, both(call, net, type, layout)));
    };
  }

  private static String both(OpCall call, NetWriter net, String type, Layout layout) {
    List<String> inputs =
        call.inputs().stream().map(value -> net.aligned(value, call, layout)).toList();
    return net.node(type, call, inputs);
  }
}
