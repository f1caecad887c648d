package dev.tandem.cuda.text;

import dev.tandem.core.engine.kernel.UseCounts;
import dev.tandem.core.op.BroadcastTo;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.ReshapeOp;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * Writes the computation of one element of a value, from elements of values that lie in memory.
 * What one call alone reads is computed where it is needed, however long the chain is.
 *
 * <p>Statements are collected in order; each defines a local variable. Values in memory become
 * parameters p0, p1, … in the order in which they are met.
 */
public final class Fusion {

  private record Element(Value value, String index) {}

  private final Predicate<Element> inline;
  private final Map<Value, Integer> parameters = new LinkedHashMap<>();
  private final Map<Value, Boolean> inPlace = new HashMap<>();
  private final Map<Element, String> known = new HashMap<>();
  private final StringBuilder statements = new StringBuilder();
  private final UseCounts uses;
  private int locals;

  /** A writer that may compute what is read in one place alone. */
  public Fusion(UseCounts uses) {
    this.uses = uses;
    this.inline = element -> isWritten(element.value().call());
  }

  /** Whether elements of a call's output can be written as text. */
  public static boolean isWritten(OpCall call) {
    return Expressions.isOne(call) || isMove(call) && hasType(call);
  }

  private static boolean hasType(OpCall call) {
    return CType.of(call.outputs().get(0).dtype()) != null;
  }

  /** Whether a call only says which element of its input is meant. */
  private static boolean isMove(OpCall call) {
    return call.op() instanceof ReshapeOp || call.op() instanceof BroadcastTo;
  }

  /**
   * The name of a local variable that holds an element of a call's first output.
   *
   * @param index of the element, in 'c' order: an expression without side effects
   */
  public String computed(OpCall call, String index) {
    Element element = new Element(call.outputs().get(0), index);
    String name = known.get(element);
    if (name == null) {
      name = write(call, index);
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
    known.put(new Element(value, index), name);
  }

  /**
   * The name of a local variable that holds an element of an input of a call: computed here if the
   * call alone reads it, else read from memory.
   *
   * @param index of the element, in 'c' order: an expression without side effects
   */
  public String element(Value value, OpCall reader, String index) {
    Element element = new Element(value, index);
    String name = known.get(element);
    if (name == null) {
      boolean here = uses.only(value, reader) && inline.test(element);
      name = here ? write(value.call(), index) : load(value, index);
      known.put(element, name);
    }
    return name;
  }

  private String load(Value value, String index) {
    parameters.putIfAbsent(value, parameters.size());
    int parameter = parameters.get(value);
    inPlace.merge(value, index.equals("i"), Boolean::logicalAnd);
    CType type = Objects.requireNonNull(CType.of(value.dtype()));
    return local(type, "p" + parameter + "[" + index + "]");
  }

  private String write(OpCall call, String index) {
    Shape shape = call.outputs().get(0).shape();
    CType type = Objects.requireNonNull(CType.of(call.outputs().get(0).dtype()));
    if (call.op() instanceof ReshapeOp) {
      return element(call.inputs().get(0), call, index);
    }
    List<String> operands = new ArrayList<>();
    for (Value input : call.inputs()) {
      operands.add(element(input, call, broadcast(input.shape(), shape, index)));
    }
    return call.op() instanceof BroadcastTo
        ? operands.get(0)
        : local(type, Expressions.of(call, type, operands));
  }

  /** The index of the element that is repeated at an index of a larger shape. */
  static String broadcast(Shape from, Shape to, String index) {
    if (from.length() == to.length()) {
      return index;
    } else if (from.length() == 1) {
      return "0";
    }
    List<String> all = Coordinates.of(to, index);
    return Coordinates.index(from, all.subList(to.rank() - from.rank(), to.rank()));
  }

  /** A new local variable. */
  public String local(CType type, String expression) {
    String name = "v" + locals++;
    statements
        .append("    const ")
        .append(type.text())
        .append(' ')
        .append(name)
        .append(" = ")
        .append(expression)
        .append(";\n");
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
    return text;
  }
}
