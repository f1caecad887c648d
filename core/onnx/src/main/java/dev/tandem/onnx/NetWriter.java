package dev.tandem.onnx;

import dev.tandem.core.op.Feed;
import dev.tandem.core.op.Fill;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.random.RandomOp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;

/**
 * The nodes of an ONNX graph while they are written. A value of rank 4 may be there with its
 * channels last, first, or both; it is turned when the form that is asked for is not there yet.
 */
final class NetWriter {

  static final String BATCH = "batch";

  private final OpenGraph open;
  private final FixedTensors fixed;
  private final UniqueNames names;
  private final Uses uses;
  private final String batchInput;
  private final Set<Value> constants = new HashSet<>();
  private final Set<OpCall> written = new HashSet<>();
  private final Map<Value, EnumMap<Layout, String>> tensors = new HashMap<>();
  private final Map<String, ValueInfoProto> infos = new LinkedHashMap<>();
  private final List<NodeProto> nodes = new ArrayList<>();

  /**
   * A writer of a graph.
   *
   * @param batchInput the name of an input whose first axis is that of samples; empty if there is
   *     none
   */
  NetWriter(OpenGraph open, FixedTensors fixed, UniqueNames names, String batchInput) {
    this.batchInput = batchInput;
    this.open = open;
    this.fixed = fixed;
    this.names = names;
    this.uses = Uses.of(open.graph());
    for (OpCall call : open.graph().calls()) {
      boolean given = call.op() instanceof Feed || call.op() instanceof RandomOp;
      if (!given
          && constants.containsAll(call.inputs())
          && call.outputs().stream().allMatch(open::isFixed)) {
        constants.addAll(call.outputs());
      }
    }
  }

  /** Who an op is of, for names and messages. */
  static String label(OpCall call) {
    return call.origin().isEmpty() ? "model" : call.origin();
  }

  OpenGraph open() {
    return open;
  }

  FixedTensors fixed() {
    return fixed;
  }

  Uses uses() {
    return uses;
  }

  List<NodeProto> nodes() {
    return nodes;
  }

  Map<String, ValueInfoProto> infos() {
    return infos;
  }

  /** Whether a value follows from weights alone, so that the file holds it. */
  boolean isConstant(Value value) {
    return constants.contains(value);
  }

  /** Whether a call needs no node of its own: it was written with another, or is a constant. */
  boolean isDone(OpCall call) {
    return written.contains(call) || constants.containsAll(call.outputs());
  }

  /** Says that a call was written with another. */
  void done(OpCall call) {
    written.add(call);
  }

  /** Says which tensor a value is, in a layout. */
  void put(Value value, Layout layout, String name) {
    tensors.computeIfAbsent(value, any -> new EnumMap<>(Layout.class)).put(layout, name);
    infos.putIfAbsent(name, info(name, value, layout));
  }

  void put(Value value, String name) {
    put(value, Layout.LAST, name);
  }

  /** Whether a value is there with its channels first alone. */
  boolean isFirst(Value value) {
    Map<Layout, String> forms = tensors.get(value);
    return forms != null && forms.size() == 1 && forms.containsKey(Layout.FIRST);
  }

  /** The tensor of a value, as Tandem has it. */
  String get(Value value) {
    return get(value, Layout.LAST);
  }

  /** The tensor of a value in a layout. */
  String get(Value value, Layout layout) {
    if (isConstant(value)) {
      return layout == Layout.LAST
          ? fixed.of(value)
          : fixed.of(value, layout.axes(), layout.order(FixedTensors.sizes(value)));
    }
    Map<Layout, String> forms = Objects.requireNonNull(tensors.get(value), () -> "" + value);
    String name = forms.get(layout);
    if (name == null) {
      String other = forms.values().iterator().next();
      name =
          node(
              "Transpose",
              value.call(),
              List.of(other),
              Attributes.integers("perm", layout.fromOther()));
      put(value, layout, name);
    }
    return name;
  }

  /** A number that stands for a constant which is the same everywhere, or its tensor. */
  String scalarOr(Value value, String otherwise) {
    return value.call().op() instanceof Fill fill
        ? fixed.number(fill.number(), value.dtype())
        : otherwise;
  }

  /** Adds a node with one output, whose name it returns. */
  String node(String type, OpCall call, List<String> inputs, AttributeProto... settings) {
    String name = names.of(label(call) + "/" + type);
    nodes.add(
        NodeProto.newBuilder()
            .setName(name)
            .setOpType(type)
            .addAllInput(inputs)
            .addOutput(name)
            .addAllAttribute(Arrays.asList(settings))
            .build());
    return name;
  }

  /** A shape as a tensor: numbers, and the batch size where it is needed. */
  String shape(OpCall call, List<Size> sizes) {
    if (sizes.stream().noneMatch(Size::ofBatch)) {
      return fixed.integers(sizes.stream().map(Size::factor).toList());
    }
    List<String> parts = new ArrayList<>();
    for (Size size : sizes) {
      parts.add(size.ofBatch() ? ofBatch(call, size) : fixed.integers(List.of(size.factor())));
    }
    return parts.size() == 1
        ? parts.get(0)
        : node("Concat", call, parts, Attributes.integer("axis", 0));
  }

  private String ofBatch(OpCall call, Size size) {
    String batch = batch(call);
    if (size.factor() != 1) {
      batch = node("Mul", call, List.of(batch, fixed.integers(List.of(size.factor()))));
    }
    return batch;
  }

  /** The batch size, as a vector of one number. */
  String batch(OpCall call) {
    if (batchInput.isEmpty()) {
      throw new IllegalStateException("no input has a batch axis");
    }
    return node(
        "Shape",
        call,
        List.of(batchInput),
        Attributes.integer("start", 0),
        Attributes.integer("end", 1));
  }

  /** Whether channels first is a form that all inputs of an elementwise call can take. */
  Layout common(OpCall call) {
    boolean turned =
        call.outputs().get(0).rank() == 4 && call.inputs().stream().anyMatch(this::isFirst);
    boolean all =
        call.inputs().stream()
            .allMatch(value -> isConstant(value) || value.rank() == 4 || value.rank() <= 1);
    return turned && all ? Layout.FIRST : Layout.LAST;
  }

  /** An input of an elementwise call, so that it is repeated along the right axes in a layout. */
  String aligned(Value value, OpCall call, Layout layout) {
    if (isConstant(value) && value.call().op() instanceof Fill) {
      boolean shaped =
          call.inputs().stream()
              .anyMatch(
                  other ->
                      !other.equals(value) && other.shape().equals(call.outputs().get(0).shape()));
      if (shaped) {
        return scalarOr(value, "");
      }
    }
    if (layout == Layout.LAST || value.rank() == 0 || value.rank() == 4) {
      return get(value, value.rank() == 4 ? layout : Layout.LAST);
    }
    List<Long> sizes = FixedTensors.sizes(value);
    if (!isConstant(value)) {
      return node(
          "Reshape", call, List.of(get(value), fixed.integers(List.of(sizes.get(0), 1L, 1L))));
    }
    return switch (value.rank()) {
      case 1 -> fixed.of(value, List.of(), List.of(sizes.get(0), 1L, 1L));
      case 2 -> fixed.of(value, List.of(1, 0), List.of(sizes.get(1), 1L, sizes.get(0)));
      default ->
          fixed.of(value, List.of(2, 0, 1), List.of(sizes.get(2), sizes.get(0), sizes.get(1)));
    };
  }

  private ValueInfoProto info(String name, Value value, Layout layout) {
    return info(name, Types.number(value.dtype()), layout.order(open.sizes(value)));
  }

  static ValueInfoProto info(String name, int type, List<Size> sizes) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (Size size : sizes) {
      TensorShapeProto.Dimension.Builder axis = shape.addDimBuilder();
      if (size.isBatch()) {
        axis.setDimParam(BATCH);
      } else if (!size.ofBatch()) {
        axis.setDimValue(size.factor());
      }
    }
    TypeProto.Tensor.Builder tensor =
        TypeProto.Tensor.newBuilder().setElemType(type).setShape(shape);
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }
}
