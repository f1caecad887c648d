package dev.tandem.onnx;

import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who reads the values of a graph. */
final class Uses {

  private final Map<Value, List<OpCall>> readers = new HashMap<>();
  private final OpGraph graph;

  private Uses(OpGraph graph) {
    this.graph = graph;
  }

  static Uses of(OpGraph graph) {
    Uses uses = new Uses(graph);
    for (OpCall call : graph.calls()) {
      call.inputs()
          .forEach(
              value -> uses.readers.computeIfAbsent(value, any -> new ArrayList<>()).add(call));
    }
    return uses;
  }

  List<OpCall> of(Value value) {
    return readers.getOrDefault(value, List.of());
  }

  /** The call that alone reads a value, which is no output either. */
  Optional<OpCall> only(Value value) {
    List<OpCall> all = of(value);
    return all.size() == 1 && !graph.outputs().containsValue(value)
        ? Optional.of(all.get(0))
        : Optional.empty();
  }
}
