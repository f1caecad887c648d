package dev.tandem.core.op;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.tandem.core.tensor.TensorSpec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * A finished computation: named outputs and assignments to variables, with the calls they need in
 * an order in which inputs come first. All assignments happen after everything has been read.
 *
 * @param calls the needed calls, ordered
 * @param outputs what can be read after a run, by name
 * @param assignments what is written to variables
 */
public record OpGraph(
    ImmutableList<OpCall> calls,
    ImmutableMap<String, Value> outputs,
    ImmutableList<Assignment> assignments) {

  /**
   * A value that becomes a variable's content at the end of the run.
   *
   * @param target what is written
   * @param value of the target's shape and type
   */
  public record Assignment(Variable target, Value value) {
    /** Checks that the value fits. */
    public Assignment {
      if (!target.spec().equals(value.spec())) {
        throw new IllegalArgumentException(
            "\"" + target.name() + "\" is " + target.spec() + ", not " + value.spec());
      }
    }
  }

  /** The graph of what the outputs and assignments need, and nothing else. */
  public static OpGraph of(Map<String, Value> outputs, List<Assignment> assignments) {
    Set<OpCall> needed = new HashSet<>();
    Deque<OpCall> open = new ArrayDeque<>();
    outputs.values().forEach(value -> open.add(value.call()));
    assignments.forEach(assignment -> open.add(assignment.value().call()));
    while (!open.isEmpty()) {
      OpCall call = open.pop();
      if (needed.add(call)) {
        call.inputs().forEach(input -> open.push(input.call()));
      }
    }
    List<OpCall> ordered = new ArrayList<>(needed);
    ordered.sort(Comparator.comparingInt(OpCall::id));
    return new OpGraph(
        ImmutableList.copyOf(ordered),
        ImmutableMap.copyOf(outputs),
        ImmutableList.copyOf(assignments));
  }

  /**
   * The meaning of every value of the graph, call by call in order.
   *
   * @param meaning of the outputs of a call, from that of its inputs
   * @param <T> what a value means
   */
  public <T> Map<Value, T> interpret(BiFunction<OpCall, List<T>, List<T>> meaning) {
    Map<Value, T> known = new HashMap<>();
    interpret(calls, known, meaning);
    return known;
  }

  /** Adds the meaning of the outputs of some calls, given in order, to what is known. */
  static <T> void interpret(
      List<OpCall> calls, Map<Value, T> known, BiFunction<OpCall, List<T>, List<T>> meaning) {
    for (OpCall call : calls) {
      List<T> outputs = meaning.apply(call, call.inputs().stream().map(known::get).toList());
      for (int i = 0; i < outputs.size(); i++) {
        known.put(call.outputs().get(i), outputs.get(i));
      }
    }
  }

  /**
   * The values that have to be fed before a run, by name.
   *
   * @throws IllegalStateException if two feeds share a name
   */
  public ImmutableMap<String, TensorSpec> feeds() {
    Map<String, TensorSpec> feeds = new LinkedHashMap<>();
    for (OpCall call : calls) {
      if (call.op() instanceof Feed feed && feeds.put(feed.label(), feed.spec()) != null) {
        throw new IllegalStateException("two feeds are named \"" + feed.label() + "\"");
      }
    }
    return ImmutableMap.copyOf(feeds);
  }

  /** The listing of its calls, one a line. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (OpCall call : calls) {
      text.append(call).append(" : ").append(call.outputs().get(0).spec()).append('\n');
    }
    outputs.forEach((name, value) -> text.append(name).append(" <- ").append(value).append('\n'));
    assignments.forEach(
        a -> text.append(a.target().name()).append(" := ").append(a.value()).append('\n'));
    return text.toString();
  }
}
