package dev.tandem.onnx;

import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.Longs;
import dev.tandem.core.op.BinaryFunction;
import dev.tandem.core.op.Fill;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.Power;
import dev.tandem.core.op.Shift;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.norm.GroupNorm;
import dev.tandem.core.op.norm.LayerNorm;
import dev.tandem.core.op.norm.MinibatchDeviation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import onnx.Onnx.AttributeProto;

/** Normalizations. */
final class Norms {

  private Norms() {}

  static void register(ImmutableMap.Builder<Object, Converter> all) {
    all.put(LayerNorm.class, Norms::layer);
    all.put(GroupNorm.class, Norms::group);
    all.put(MinibatchDeviation.class, Norms::minibatch);
  }

  private static void layer(OpCall call, NetWriter net) {
    List<String> inputs = call.inputs().stream().map(net::get).toList();
    net.put(
        call.outputs().get(0),
        net.node(
            "LayerNormalization",
            call,
            inputs,
            Attributes.integer("axis", -1),
            Attributes.real("epsilon", ((LayerNorm) call.op()).epsilon())));
  }

  /**
   * As an instance normalization of as many channels as there are groups; of groups of several
   * channels with their factors behind it.
   */
  private static void group(OpCall call, NetWriter net) {
    GroupNorm op = (GroupNorm) call.op();
    Value x = call.inputs().get(0);
    Value gamma = call.inputs().get(1);
    Value beta = call.inputs().get(2);
    long channels = x.shape().size(-1);
    AttributeProto epsilon = Attributes.real("epsilon", op.epsilon());
    boolean whole = op.groups() == channels && x.rank() > 2;
    if (whole && net.isConstant(gamma) && gamma.rank() == 1) {
      List<String> inputs = List.of(first(call, net, x), net.get(gamma), net.get(beta));
      last(call, net, net.node("InstanceNormalization", call, inputs, epsilon));
      return;
    }
    String ones = net.fixed().repeated(1, op.groups(), x.dtype());
    String zeros = net.fixed().repeated(0, op.groups(), x.dtype());
    String given = first(call, net, x);
    if (!whole) {
      given = net.node("Reshape", call, List.of(given, integers(net, 0, op.groups(), -1)));
    }
    String y = net.node("InstanceNormalization", call, List.of(given, ones, zeros), epsilon);
    if (!whole) {
      List<Long> shape = new ArrayList<>(List.of(-1L, channels));
      for (int axis = 1; axis < x.rank() - 1; axis++) {
        shape.add(x.shape().size(axis));
      }
      y = net.node("Reshape", call, List.of(y, net.fixed().integers(shape)));
    }
    if (!isEverywhere(gamma, 1)) {
      y = net.node("Mul", call, List.of(y, ofChannels(call, net, gamma)));
    }
    if (!isEverywhere(beta, 0)) {
      y = net.node("Add", call, List.of(y, ofChannels(call, net, beta)));
    }
    last(call, net, y);
  }

  private static String integers(NetWriter net, long... values) {
    return net.fixed().integers(Longs.asList(values));
  }

  private static boolean isEverywhere(Value value, double number) {
    return value.call().op() instanceof Fill fill && fill.number() == number;
  }

  /** Images and sequences with their channels behind the batch. */
  private static String first(OpCall call, NetWriter net, Value x) {
    return switch (x.rank()) {
      case 2 -> net.get(x);
      case 4 -> net.get(x, Layout.FIRST);
      default -> swapped(call, net, net.get(x));
    };
  }

  private static void last(OpCall call, NetWriter net, String y) {
    Value result = call.outputs().get(0);
    switch (result.rank()) {
      case 2 -> net.put(result, y);
      case 4 -> net.put(result, Layout.FIRST, y);
      default -> net.put(result, swapped(call, net, y));
    }
  }

  private static String swapped(OpCall call, NetWriter net, String x) {
    return net.node("Transpose", call, List.of(x), Attributes.integers("perm", 0, 2, 1));
  }

  /** Numbers (channels), or (batch, channels), beside values with their channels first. */
  private static String ofChannels(OpCall call, NetWriter net, Value each) {
    List<Long> shape = new ArrayList<>(List.of(each.shape().size(-1)));
    for (int axis = 1; axis < call.outputs().get(0).rank() - 1; axis++) {
      shape.add(1L);
    }
    if (net.isConstant(each) && each.rank() == 1) {
      return net.fixed().of(each, List.of(), shape);
    }
    if (each.rank() == 2) {
      shape.add(0, -1L);
    }
    return net.node("Reshape", call, List.of(net.get(each), net.fixed().integers(shape)));
  }

  /** In groups of the largest size up to the layer's that divides the batch, found at each run. */
  private static void minibatch(OpCall call, NetWriter net) {
    Value x = call.inputs().get(0);
    List<Long> sizes =
        LongStream.rangeClosed(1, ((MinibatchDeviation) call.op()).groupSize()).boxed().toList();
    String batch = net.batch(call);
    String rest = net.node("Mod", call, List.of(batch, net.fixed().integers(sizes)));
    String divides = net.node("Equal", call, List.of(rest, integers(net, 0)));
    String divisors =
        net.node("Where", call, List.of(divides, net.fixed().integers(sizes), integers(net, 0)));
    String size =
        net.node(
            "ReduceMax",
            call,
            List.of(divisors, integers(net, 0)),
            Attributes.integer("keepdims", 1));
    String shape = concat(call, net, size, integers(net, -1, x.shape().length() / OpenGraph.BATCH));
    String grouped = net.node("Reshape", call, List.of(net.get(x), shape));
    String centered = net.node("Sub", call, List.of(grouped, mean(call, net, grouped, 0)));
    String squares = net.node("Mul", call, List.of(centered, centered));
    String epsilon = net.fixed().number(MinibatchDeviation.EPSILON, x.dtype());
    String above = net.node("Add", call, List.of(mean(call, net, squares, 0), epsilon));
    String deviation = mean(call, net, net.node("Sqrt", call, List.of(above)), 2);
    String each =
        net.node("Expand", call, List.of(deviation, concat(call, net, size, integers(net, 1, 1))));
    net.put(call.outputs().get(0), net.node("Reshape", call, List.of(each, integers(net, -1))));
  }

  private static String mean(OpCall call, NetWriter net, String x, long axis) {
    return net.node(
        "ReduceMean", call, List.of(x, integers(net, axis)), Attributes.integer("keepdims", 1));
  }

  private static String concat(OpCall call, NetWriter net, String first, String second) {
    return net.node("Concat", call, List.of(first, second), Attributes.integer("axis", 0));
  }

  /**
   * Batch normalization by moving statistics, which layers write as a product and a sum: {@code x ·
   * factor + (beta - mean · factor)} with {@code factor = gamma · (variance + epsilon)^-0.5}.
   *
   * @return whether a product was one, and was written with its sum
   */
  static boolean batch(OpCall product, NetWriter net) {
    Value x = product.inputs().get(0);
    Value factor = product.inputs().get(1);
    Optional<OpCall> sum =
        net.uses()
            .only(product.outputs().get(0))
            .filter(call -> call.op() == BinaryFunction.ADD)
            .filter(call -> call.inputs().get(0).equals(product.outputs().get(0)));
    if (sum.isEmpty()
        || x.rank() != 2 && x.rank() != 4
        || net.isConstant(x)
        || factor.rank() != 1
        || !net.isConstant(factor)) {
      return false;
    }
    OpCall term = sum.get().inputs().get(1).call();
    OpCall scale = factor.call();
    if (term.op() != BinaryFunction.SUBTRACT || scale.op() != BinaryFunction.MULTIPLY) {
      return false;
    }
    OpCall moved = term.inputs().get(1).call();
    OpCall inverse = scale.inputs().get(1).call();
    if (moved.op() != BinaryFunction.MULTIPLY
        || !moved.inputs().get(1).equals(factor)
        || !(inverse.op() instanceof Power power)
        || power.exponent() != -0.5
        || !(inverse.inputs().get(0).call().op() instanceof Shift shift)) {
      return false;
    }
    Value variance = inverse.inputs().get(0).call().inputs().get(0);
    List<Value> numbers =
        List.of(scale.inputs().get(0), term.inputs().get(0), moved.inputs().get(0), variance);
    if (!numbers.stream().allMatch(value -> net.isConstant(value) && value.rank() == 1)) {
      return false;
    }
    Layout layout = x.rank() == 4 ? Layout.FIRST : Layout.LAST;
    List<String> inputs = new ArrayList<>(List.of(net.get(x, layout)));
    numbers.forEach(value -> inputs.add(net.get(value)));
    AttributeProto epsilon = Attributes.real("epsilon", shift.term());
    String name = net.node("BatchNormalization", product, inputs, epsilon);
    net.put(sum.get().outputs().get(0), layout, name);
    net.done(sum.get());
    return true;
  }
}
