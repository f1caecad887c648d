package dev.tandem.onnx;

import com.google.common.collect.ImmutableMap;
import dev.tandem.core.op.Axes;
import dev.tandem.core.op.BroadcastTo;
import dev.tandem.core.op.Concat;
import dev.tandem.core.op.CumulativeSum;
import dev.tandem.core.op.Fill;
import dev.tandem.core.op.MatMul;
import dev.tandem.core.op.Max;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.Pad;
import dev.tandem.core.op.PermuteOp;
import dev.tandem.core.op.ReshapeOp;
import dev.tandem.core.op.Reverse;
import dev.tandem.core.op.Slice;
import dev.tandem.core.op.Sum;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.activation.LogSoftmax;
import dev.tandem.core.op.activation.Softmax;
import dev.tandem.core.op.array.ArgMax;
import dev.tandem.core.op.array.Gather;
import dev.tandem.core.op.array.OneHot;
import dev.tandem.core.op.random.RandomNormal;
import dev.tandem.core.op.random.RandomUniform;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;

/** Ops along axes: products, sums, parts and other shapes. */
final class Rearranged {

  private Rearranged() {}

  static void register(ImmutableMap.Builder<Object, Converter> all) {
    all.put(MatMul.class, Rearranged::product);
    all.put(Sum.class, Rearranged::sum);
    all.put(Max.class, Rearranged::max);
    all.put(ReshapeOp.class, Rearranged::reshape);
    all.put(PermuteOp.class, Rearranged::permute);
    all.put(BroadcastTo.class, Rearranged::expand);
    all.put(Fill.class, Rearranged::fill);
    all.put(Concat.class, Rearranged::concat);
    all.put(Slice.class, Rearranged::slice);
    all.put(Reverse.class, Rearranged::reverse);
    all.put(CumulativeSum.class, Rearranged::cumulativeSum);
    all.put(Pad.class, Rearranged::pad);
    all.put(Softmax.class, (call, net) -> alongChannels(call, net, "Softmax"));
    all.put(LogSoftmax.class, (call, net) -> alongChannels(call, net, "LogSoftmax"));
    all.put(ArgMax.class, Rearranged::argMax);
    all.put(Gather.class, Rearranged::gather);
    all.put(OneHot.class, Rearranged::oneHot);
    all.put(RandomNormal.class, (call, net) -> random(call, net, "RandomNormalLike"));
    all.put(RandomUniform.class, (call, net) -> random(call, net, "RandomUniformLike"));
  }

  private static Value x(OpCall call) {
    return call.inputs().get(0);
  }

  private static Value y(OpCall call) {
    return call.outputs().get(0);
  }

  private static Layout layout(OpCall call, NetWriter net) {
    return net.isFirst(x(call)) ? Layout.FIRST : Layout.LAST;
  }

  /** With the bias that alone reads it, a Gemm. */
  private static void product(OpCall call, NetWriter net) {
    MatMul op = (MatMul) call.op();
    Value a = x(call);
    Value b = call.inputs().get(1);
    Optional<Bias> bias = a.rank() == 2 ? Bias.of(call, net) : Optional.empty();
    if (a.rank() == 2 && (bias.isPresent() || op.transposeA() || op.transposeB())) {
      List<String> inputs = new ArrayList<>(List.of(net.get(a), net.get(b)));
      bias.ifPresent(found -> inputs.add(net.get(found.value())));
      String name =
          net.node(
              "Gemm",
              call,
              inputs,
              Attributes.integer("transA", op.transposeA() ? 1 : 0),
              Attributes.integer("transB", op.transposeB() ? 1 : 0));
      net.put(bias.map(Bias::result).orElse(y(call)), name);
      bias.ifPresent(found -> net.done(found.call()));
      return;
    }
    String left = op.transposeA() ? turned(call, net, a) : net.get(a);
    String right = op.transposeB() ? turned(call, net, b) : net.get(b);
    net.put(y(call), net.node("MatMul", call, List.of(left, right)));
  }

  private static String turned(OpCall call, NetWriter net, Value matrices) {
    return net.node(
        "Transpose", call, List.of(net.get(matrices)), Attributes.integers("perm", 0, 2, 1));
  }

  /** As a mean, if nothing but its share is read. */
  private static void sum(OpCall call, NetWriter net) {
    Sum op = (Sum) call.op();
    Optional<OpCall> mean = Means.of(call, net);
    Value result = mean.map(Rearranged::y).orElse(y(call));
    mean.ifPresent(net::done);
    reduce(call, net, mean.isPresent() ? "ReduceMean" : "ReduceSum", op.axes(), op.keep(), result);
  }

  private static void max(OpCall call, NetWriter net) {
    Max op = (Max) call.op();
    reduce(call, net, "ReduceMax", op.axes(), op.keep(), y(call));
  }

  private static void reduce(
      OpCall call, NetWriter net, String type, Axes axes, boolean keep, Value result) {
    Layout layout = layout(call, net);
    if (layout == Layout.FIRST && !keep && !keepsOrder(axes)) {
      layout = Layout.LAST;
    }
    List<Long> reduced =
        axes.list().stream().map(layout::axis).sorted().map(Long::valueOf).toList();
    String name =
        net.node(
            type,
            call,
            List.of(net.get(x(call), layout), net.fixed().integers(reduced)),
            Attributes.integer("keepdims", keep ? 1 : 0));
    net.put(result, keep ? layout : Layout.LAST, name);
  }

  /** Whether the axes that are left stand in the same order in both layouts. */
  private static boolean keepsOrder(Axes axes) {
    List<Integer> left = new ArrayList<>(List.of(0, 1, 2, 3));
    left.removeAll(axes.list());
    List<Integer> turned = left.stream().map(Layout.FIRST::axis).toList();
    return turned.stream().sorted().toList().equals(turned);
  }

  private static void reshape(OpCall call, NetWriter net) {
    List<Size> sizes = net.open().sizes(y(call));
    long growing = sizes.stream().filter(Size::ofBatch).count();
    String shape =
        growing == 1
            ? net.fixed()
                .integers(sizes.stream().map(size -> size.ofBatch() ? -1 : size.factor()).toList())
            : net.shape(call, sizes);
    net.put(y(call), net.node("Reshape", call, List.of(net.get(x(call)), shape)));
  }

  private static void permute(OpCall call, NetWriter net) {
    List<Integer> axes = ((PermuteOp) call.op()).axes();
    if (axes.equals(Layout.FIRST.axes()) && net.isFirst(x(call))) {
      net.put(y(call), net.get(x(call), Layout.FIRST)); // it lies there in that order
      return;
    }
    net.put(
        y(call),
        net.node("Transpose", call, List.of(net.get(x(call))), Attributes.integers("perm", axes)));
  }

  private static void expand(OpCall call, NetWriter net) {
    Value x = x(call);
    boolean image = y(call).rank() == 4 && x.rank() == 4;
    Layout layout =
        image && (net.isFirst(x) || net.uses().of(y(call)).stream().allMatch(Images::wantsFirst))
            ? Layout.FIRST
            : Layout.LAST;
    List<Size> to = layout.order(net.open().sizes(y(call)));
    List<Size> from = image ? layout.order(net.open().sizes(x)) : net.open().sizes(x);
    List<Size> repeats = new ArrayList<>();
    for (int i = 0; i < to.size(); i++) {
      int j = i - to.size() + from.size();
      boolean same = j >= 0 && from.get(j).equals(to.get(i));
      repeats.add(same ? Size.fixed(1) : to.get(i));
    }
    String name = image ? net.get(x, layout) : net.get(x);
    net.put(y(call), layout, net.node("Expand", call, List.of(name, net.shape(call, repeats))));
  }

  /** A number for each sample: constants of a fixed shape are held in the file. */
  private static void fill(OpCall call, NetWriter net) {
    Fill op = (Fill) call.op();
    String number = net.fixed().number(op.number(), op.spec().dtype());
    String shape = net.shape(call, net.open().sizes(y(call)));
    net.put(y(call), net.node("Expand", call, List.of(number, shape)));
  }

  private static void concat(OpCall call, NetWriter net) {
    boolean first = y(call).rank() == 4 && call.inputs().stream().anyMatch(net::isFirst);
    Layout layout = first ? Layout.FIRST : Layout.LAST;
    List<String> inputs = call.inputs().stream().map(value -> net.get(value, layout)).toList();
    int axis = layout.axis(((Concat) call.op()).axis());
    net.put(y(call), layout, net.node("Concat", call, inputs, Attributes.integer("axis", axis)));
  }

  private static void slice(OpCall call, NetWriter net) {
    Slice op = (Slice) call.op();
    Layout layout = layout(call, net);
    List<Size> from = net.open().sizes(x(call));
    List<Size> to = net.open().sizes(y(call));
    List<Long> begins = new ArrayList<>();
    List<Long> ends = new ArrayList<>();
    List<Long> axes = new ArrayList<>();
    for (int axis = 0; axis < to.size(); axis++) {
      if (from.get(axis).equals(to.get(axis))) {
        continue;
      }
      if (to.get(axis).ofBatch()) {
        throw new IllegalArgumentException(
            NetWriter.label(call) + " takes a part of the samples of a batch, as " + call);
      }
      begins.add(op.begin().size(axis));
      ends.add(op.begin().size(axis) + to.get(axis).factor());
      axes.add((long) layout.axis(axis));
    }
    List<String> inputs = new ArrayList<>(List.of(net.get(x(call), layout)));
    List.of(begins, ends, axes).forEach(list -> inputs.add(net.fixed().integers(list)));
    net.put(y(call), layout, net.node("Slice", call, inputs));
  }

  /** A part from the last to the first: the end lies before any axis begins. */
  private static void reverse(OpCall call, NetWriter net) {
    List<Long> axes = ((Reverse) call.op()).axes().list().stream().map(Integer::longValue).toList();
    List<Long> ones = Collections.nCopies(axes.size(), -1L);
    List<Long> ends = Collections.nCopies(axes.size(), Long.MIN_VALUE + 1);
    List<String> inputs = new ArrayList<>(List.of(net.get(x(call))));
    List.of(ones, ends, axes, ones).forEach(list -> inputs.add(net.fixed().integers(list)));
    net.put(y(call), net.node("Slice", call, inputs));
  }

  private static void cumulativeSum(OpCall call, NetWriter net) {
    CumulativeSum op = (CumulativeSum) call.op();
    String axis = net.fixed().integers(List.of((long) op.axis()));
    net.put(
        y(call),
        net.node(
            "CumSum",
            call,
            List.of(net.get(x(call)), axis),
            Attributes.integer("exclusive", op.exclusive() ? 1 : 0),
            Attributes.integer("reverse", op.reversed() ? 1 : 0)));
  }

  private static void pad(OpCall call, NetWriter net) {
    Pad op = (Pad) call.op();
    Layout layout = layout(call, net);
    int[][] amounts = op.amounts(x(call).shape());
    List<Integer> axes = new ArrayList<>();
    for (int axis = 0; axis < amounts.length; axis++) {
      axes.add(axis);
    }
    List<Long> all = new ArrayList<>();
    for (int side = 0; side < 2; side++) {
      for (int axis : layout.order(axes)) {
        all.add((long) amounts[axis][side]);
      }
    }
    net.put(
        y(call),
        layout,
        net.node("Pad", call, List.of(net.get(x(call), layout), net.fixed().integers(all))));
  }

  private static void alongChannels(OpCall call, NetWriter net, String type) {
    Layout layout = layout(call, net);
    int axis = layout == Layout.FIRST ? 1 : -1;
    net.put(
        y(call),
        layout,
        net.node(type, call, List.of(net.get(x(call), layout)), Attributes.integer("axis", axis)));
  }

  private static void argMax(OpCall call, NetWriter net) {
    net.put(
        y(call),
        net.node(
            "ArgMax",
            call,
            List.of(net.get(x(call))),
            Attributes.integer("axis", -1),
            Attributes.integer("keepdims", 0)));
  }

  private static void gather(OpCall call, NetWriter net) {
    net.put(
        y(call),
        net.node("Gather", call, List.of(net.get(x(call)), net.get(call.inputs().get(1)))));
  }

  /** By numbers of the types that runtimes know. */
  private static void oneHot(OpCall call, NetWriter net) {
    OneHot op = (OneHot) call.op();
    String indices = net.get(x(call));
    if (x(call).dtype() != DataType.INT64) {
      indices = cast(call, net, indices, DataType.INT64);
    }
    String depth = net.fixed().integers(List.of(op.depth()));
    String name = net.node("OneHot", call, List.of(indices, depth, net.fixed().reals(0, 1)));
    net.put(y(call), op.dtype() == DataType.FLOAT ? name : cast(call, net, name, op.dtype()));
  }

  private static String cast(OpCall call, NetWriter net, String x, DataType type) {
    return net.node("Cast", call, List.of(x), Attributes.integer("to", Types.number(type)));
  }

  /** The runtime's own numbers: those of a seed here are not those there. */
  private static void random(OpCall call, NetWriter net, String type) {
    String number = net.fixed().number(0, y(call).dtype());
    String shape = net.shape(call, net.open().sizes(y(call)));
    String like = net.node("Expand", call, List.of(number, shape));
    net.put(y(call), net.node(type, call, List.of(like)));
  }
}
