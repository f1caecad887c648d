package dev.tandem.core.train;

import com.google.common.collect.ImmutableMap;
import dev.tandem.core.op.Op;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Read;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.Variable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The same computation with some variables read elsewhere. */
final class VariableSubstitution {

  private VariableSubstitution() {}

  /**
   * The graph with reads redirected; what is written stays.
   *
   * @param elsewhere for a variable the one that is read in its place
   */
  static OpGraph of(OpGraph graph, Map<Variable, Variable> elsewhere) {
    Ops ops = new Ops();
    Map<Value, Value> copies = new HashMap<>();
    for (OpCall call : graph.calls()) {
      ops.origin(call.origin());
      List<Value> inputs = call.inputs().stream().map(copies::get).toList();
      List<Value> made = ops.apply(redirected(call.op(), elsewhere), inputs);
      for (int i = 0; i < made.size(); i++) {
        copies.put(call.outputs().get(i), made.get(i));
      }
    }
    ImmutableMap.Builder<String, Value> outputs = ImmutableMap.builder();
    graph.outputs().forEach((name, value) -> outputs.put(name, copies.get(value)));
    graph.assignments().forEach(a -> ops.assign(a.target(), copies.get(a.value())));
    return ops.build(outputs.buildOrThrow());
  }

  private static Op redirected(Op op, Map<Variable, Variable> elsewhere) {
    return op instanceof Read read && elsewhere.containsKey(read.variable())
        ? new Read(elsewhere.get(read.variable()))
        : op;
  }
}
