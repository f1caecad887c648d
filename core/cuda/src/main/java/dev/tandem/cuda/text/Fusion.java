package dev.tandem.cuda.text;

import dev.tandem.core.engine.kernel.UseCounts;
import dev.tandem.core.engine.pass.Views;
import dev.tandem.core.op.BroadcastTo;
import dev.tandem.core.op.Concat;
import dev.tandem.core.op.Fill;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.Pad;
import dev.tandem.core.op.PermuteOp;
import dev.tandem.core.op.ReshapeOp;
import dev.tandem.core.op.Reverse;
import dev.tandem.core.op.Slice;
import dev.tandem.core.op.StopGradient;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Writes the computation of one element of a value, from elements of values that lie in memory.
 * What the kernel alone reads is computed where it is needed, however long the {@linkplain Chain
 * chain} is; moves are arithmetic with the index.
 *
 * <p>Statements are collected in order; each defines a local variable. Values in memory become
 * parameters p0, p1, … in the order in which they are met.
 */
public final class Fusion {

  /**
   * An element.
   *
   * @param guard the condition under which there is one, or "": else it is not read
   */
  private record Element(Value value, String index, String guard) {}

  private final Map<Value, Integer> parameters = new LinkedHashMap<>();
  private final Map<Value, Boolean> inPlace = new HashMap<>();
  private final Map<Element, String> known = new HashMap<>();
  private final Map<Object, String> indices = new HashMap<>();
  private final StringBuilder statements = new StringBuilder();
  private final Chain chain;
  private int locals;

  /** A writer that may compute what nobody else reads. */
  public Fusion(UseCounts uses) {
    this.chain = new Chain(uses);
  }

  /** Whether elements of a call's output can be written as text. */
  public static boolean isWritten(OpCall call) {
    return Expressions.isOne(call) || isMove(call) && hasType(call);
  }

  private static boolean hasType(OpCall call) {
    return CType.of(call.outputs().get(0).dtype()) != null;
  }

  /** Whether a call only says which element of its input is meant. */
  static boolean isMove(OpCall call) {
    return keepsIndex(call)
        || repeats(call)
        || call.op() instanceof PermuteOp
        || call.op() instanceof Slice
        || call.op() instanceof Reverse
        || call.op() instanceof Pad
        || call.op() instanceof Concat;
  }

  /** Whether a call means the element of the same index. */
  static boolean keepsIndex(OpCall call) {
    return call.op() instanceof ReshapeOp || call.op() instanceof StopGradient;
  }

  /** Whether a call is a move that repeats elements. */
  static boolean repeats(OpCall call) {
    return call.op() instanceof BroadcastTo;
  }

  /**
   * The name of a local variable that holds an element of a call's first output.
   *
   * @param index of the element, in 'c' order: an expression without side effects
   */
  public String computed(OpCall call, String index) {
    chain.grow(call);
    Element element = new Element(call.outputs().get(0), index, "");
    String name = known.get(element);
    if (name == null) {
      name = write(call, index, "");
      known.put(element, name);
    }
    return name;
  }

  /**
   * Says that a local variable holds an element of a value.
   *
   * @param index of the element, as it will be asked for
   */
  public void define(Value value, String index, String name) {
    known.put(new Element(value, index, ""), name);
  }

  /**
   * The name of a local variable, or the number, that is an element of an input of a call: computed
   * here if nobody else reads it, else read from memory.
   *
   * @param index of the element, in 'c' order: an expression without side effects
   */
  public String element(Value value, OpCall reader, String index) {
    chain.grow(reader);
    return element(value, index, "");
  }

  private String element(Value value, String index, String guard) {
    CType type = Objects.requireNonNull(CType.of(value.dtype()));
    if (value.call().op() instanceof Fill fill && type.isFloating()) {
      return type.number(fill.number());
    }
    Element element = new Element(value, index, guard);
    String name = known.get(element);
    if (name == null) {
      boolean here = chain.holds(value.call()) && isWritten(value.call());
      name = here ? write(value.call(), index, guard) : load(value, type, index, guard);
      known.put(element, name);
    }
    return name;
  }

  private String load(Value value, CType type, String index, String guard) {
    parameters.putIfAbsent(value, parameters.size());
    int parameter = parameters.get(value);
    inPlace.merge(value, index.equals("i") && guard.isEmpty(), Boolean::logicalAnd);
    boolean isOnce = index.equals("i") || index.equals("j");
    String at = "p" + parameter;
    String read = isOnce ? Once.read(at, index) : at + "[" + index + "]";
    return local(type, guard.isEmpty() ? read : guard + " ? " + read + " : " + type.number(0));
  }

  private String write(OpCall call, String index, String guard) {
    if (keepsIndex(call)) {
      return element(call.inputs().get(0), index, guard);
    } else if (call.op() instanceof Concat concat) {
      return pieces(call, concat.axis(), index, guard);
    }
    Shape shape = call.outputs().get(0).shape();
    if (isMove(call)) {
      Value from = call.inputs().get(0);
      if (call.op() instanceof Slice && Views.isView(call)) {
        return element(from, shifted(index, Views.offset(call)), guard);
      }
      return moved(from, Walk.of(call.op(), from.shape(), shape), index, guard);
    }
    List<String> operands = new ArrayList<>();
    for (Value input : call.inputs()) {
      operands.add(
          input.shape().length() == shape.length()
              ? element(input, index, guard)
              : moved(input, Walk.broadcast(input.shape(), shape), index, guard));
    }
    CType type = Objects.requireNonNull(CType.of(call.outputs().get(0).dtype()));
    return local(type, Expressions.of(call, type, operands));
  }

  private String shifted(String index, long offset) {
    return offset == 0 ? index : index("long long", "(" + index + ") + " + offset);
  }

  /** The element that belongs to an index; 0 where there is none. */
  private String moved(Value from, Walk walk, String index, String guard) {
    if (walk.isIdentity()) {
      return element(from, index, guard);
    } else if (walk.isOneElement()) {
      return element(from, Long.toString(walk.offset()), guard);
    }
    List<String> at = coordinates(walk, index);
    String inside = inside(walk, at, guard);
    String element = element(from, sum(walk, at), inside);
    if (inside.equals(guard)) {
      return element;
    }
    CType type = Objects.requireNonNull(CType.of(from.dtype()));
    return local(type, inside + " ? " + element + " : " + type.number(0));
  }

  /** The element of the input that an index of a concatenation lies in. */
  private String pieces(OpCall call, int axis, String index, String guard) {
    Shape shape = call.outputs().get(0).shape();
    CType type = Objects.requireNonNull(CType.of(call.outputs().get(0).dtype()));
    StringBuilder text = new StringBuilder();
    long begin = 0;
    for (Value input : call.inputs()) {
      if (input.shape().length() > 0) {
        Walk walk = Walk.piece(axis, begin, input.shape(), shape);
        List<String> at = coordinates(walk, index);
        String inside = inside(walk, at, guard);
        String element = element(input, sum(walk, at), inside);
        text.append(inside.equals(guard) ? "true" : inside);
        text.append(" ? ").append(element).append(" : ");
      }
      begin += input.shape().size(axis);
    }
    return local(type, text + type.number(0));
  }

  /** Names of the coordinates along the axes of a walk. */
  private List<String> coordinates(Walk walk, String index) {
    List<String> at = new ArrayList<>();
    String type = walk.isShort() ? "unsigned" : "long long";
    String rest = index(type, "(" + type + ")(" + index + ")");
    int outermost = 0;
    while (!walk.axes().get(outermost).matters()) {
      at.add("0");
      outermost++;
    }
    for (int i = walk.axes().size() - 1; i >= outermost; i--) {
      Walk.Axis axis = walk.axes().get(i);
      long size = Math.max(1, axis.size());
      if (axis.matters()) {
        at.add(outermost, i == 0 ? rest : index(type, rest + " % " + size));
      } else {
        at.add(outermost, "0");
      }
      if (i > outermost) {
        rest = index(type, rest + " / " + size);
      }
    }
    return at;
  }

  private String sum(Walk walk, List<String> at) {
    StringBuilder sum = new StringBuilder();
    for (int i = 0; i < at.size(); i++) {
      long stride = walk.axes().get(i).stride();
      if (stride != 0) {
        sum.append(sum.isEmpty() ? "" : " + ").append(at.get(i));
        sum.append(stride == 1 ? "" : " * " + stride);
      }
    }
    if (walk.offset() != 0 || sum.isEmpty()) {
      sum.append(sum.isEmpty() ? "" : " + ").append("(").append(walk.offset()).append(")");
    }
    String text = sum.toString();
    return text.matches("\\w+|\\(0\\)")
        ? text
        : index(walk.isShort() ? "unsigned" : "long long", text);
  }

  /** The condition that there is an element. */
  private String inside(Walk walk, List<String> at, String guard) {
    String unsigned = walk.isShort() ? "unsigned" : "unsigned long long";
    StringBuilder all = new StringBuilder(guard);
    for (int i = 0; i < at.size(); i++) {
      Walk.Axis axis = walk.axes().get(i);
      if (axis.isBounded()) {
        // what lies before the first wraps around and is large
        all.append(all.isEmpty() ? "" : " && ");
        all.append("(").append(unsigned).append(")(").append(at.get(i)).append(" - ");
        all.append(axis.low()).append(") < ").append(axis.high() - axis.low());
      }
    }
    return all.toString().equals(guard) ? guard : index("bool", all.toString());
  }

  /** A local variable for an index or a condition; one for equal texts. */
  private String index(String type, String expression) {
    return indices.computeIfAbsent(
        type + " = " + expression,
        key -> {
          String name = "c" + locals++;
          statements.append("    const ").append(type).append(' ').append(name);
          statements.append(" = ").append(expression).append(";\n");
          return name;
        });
  }

  /** A new local variable. */
  public String local(CType type, String expression) {
    String name = "v" + locals++;
    statements.append("    const ").append(type.text()).append(' ').append(name);
    statements.append(" = ").append(expression).append(";\n");
    return name;
  }

  /** The values that lie in memory, in the order of their parameters. */
  public List<Value> inputs() {
    return List.copyOf(parameters.keySet());
  }

  /** Whether each element of an input is read for the element "i" of the output alone. */
  public boolean readsInPlace(int input) {
    return inPlace.getOrDefault(inputs().get(input), false);
  }

  /** The types of the parameters. */
  public List<String> types() {
    return parameters.keySet().stream()
        .map(value -> Objects.requireNonNull(CType.of(value.dtype())).input())
        .toList();
  }

  /** The statements so far; they are gone afterwards, and what they defined with them. */
  public String take() {
    String text = statements.toString();
    statements.setLength(0);
    known.clear();
    indices.clear();
    return text;
  }
}
