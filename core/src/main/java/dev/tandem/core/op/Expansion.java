package dev.tandem.core.op;

import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Replaces composites by their parts. */
public final class Expansion {

  private final Ops ops = new Ops();
  private final Predicate<OpCall> keep;

  private Expansion(Predicate<OpCall> keep) {
    this.keep = keep;
  }

  /**
   * The same computation with every composite that is not kept replaced by its parts, down to the
   * last.
   */
  public static OpGraph of(OpGraph graph, Predicate<OpCall> keep) {
    return new Expansion(keep).expand(graph);
  }

  private OpGraph expand(OpGraph graph) {
    Map<Value, Value> known = new HashMap<>();
    copy(graph.calls(), known);
    ImmutableMap.Builder<String, Value> outputs = ImmutableMap.builder();
    graph.outputs().forEach((name, value) -> outputs.put(name, known.get(value)));
    graph.assignments().forEach(a -> ops.assign(a.target(), known.get(a.value())));
    return ops.build(outputs.buildOrThrow());
  }

  private void copy(List<OpCall> calls, Map<Value, Value> known) {
    for (OpCall call : calls) {
      List<Value> inputs = call.inputs().stream().map(known::get).toList();
      ops.origin(call.origin());
      List<Value> outputs = apply(call, inputs);
      for (int i = 0; i < outputs.size(); i++) {
        known.put(call.outputs().get(i), outputs.get(i));
      }
    }
  }

  private List<Value> apply(OpCall call, List<Value> inputs) {
    if (!(call.op() instanceof Composite composite) || keep.test(call)) {
      return ops.apply(call.op(), inputs);
    }
    Ops scratch = new Ops();
    List<Value> feeds = scratch.placeholders(inputs.stream().map(Value::spec).toList());
    List<Value> parts = composite.decompose(scratch, feeds);
    ImmutableMap.Builder<String, Value> named = ImmutableMap.builder();
    for (int i = 0; i < parts.size(); i++) {
      named.put("part" + i, parts.get(i));
    }
    Map<Value, Value> inner = new HashMap<>();
    for (int i = 0; i < feeds.size(); i++) {
      inner.put(feeds.get(i), inputs.get(i));
    }
    List<OpCall> body = new ArrayList<>();
    for (OpCall part : OpGraph.of(named.buildOrThrow(), List.of()).calls()) {
      if (!feeds.containsAll(part.outputs())) {
        body.add(part);
      }
    }
    String origin = call.origin();
    for (OpCall part : body) {
      List<Value> partInputs = part.inputs().stream().map(inner::get).toList();
      ops.origin(origin);
      List<Value> made = apply(part, partInputs);
      for (int i = 0; i < made.size(); i++) {
        inner.put(part.outputs().get(i), made.get(i));
      }
    }
    return parts.stream().map(inner::get).toList();
  }
}
