package dev.tandem.core.engine;

import com.google.common.collect.ImmutableMap;
import dev.tandem.core.op.Op;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Draws a graph anew, call by call, with something simpler in place of some calls. */
abstract class Rewriting {

  private final Ops ops = new Ops();
  private final Map<Value, Value> known = new HashMap<>();

  /** Where the new graph is drawn. */
  final Ops ops() {
    return ops;
  }

  /**
   * What stands for a call of one output in the new graph.
   *
   * @param inputs in the new graph
   * @param output in the old graph
   * @return null if the call stays as it is
   */
  abstract @Nullable Value simpler(Op op, List<Value> inputs, Value output);

  final OpGraph draw(OpGraph graph) {
    for (OpCall call : graph.calls()) {
      List<Value> inputs = call.inputs().stream().map(known::get).toList();
      ops.origin(call.origin());
      Value simple = simpler(call.op(), inputs, call.outputs().get(0));
      List<Value> outputs = simple == null ? ops.apply(call.op(), inputs) : List.of(simple);
      for (int i = 0; i < outputs.size(); i++) {
        known.put(call.outputs().get(i), outputs.get(i));
      }
    }
    ImmutableMap.Builder<String, Value> outputs = ImmutableMap.builder();
    graph.outputs().forEach((name, value) -> outputs.put(name, known.get(value)));
    graph.assignments().forEach(a -> ops.assign(a.target(), known.get(a.value())));
    return ops.build(outputs.buildOrThrow());
  }
}
