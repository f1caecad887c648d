package dev.tandem.core.engine;

import dev.tandem.core.engine.kernel.UseCounts;
import dev.tandem.core.op.Feed;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Read;
import dev.tandem.core.op.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which calls of a graph run in a plan, and how. Calls are visited from last to first, so that one
 * whose result a later kernel computes itself does not run.
 */
final class Selection {

  private final Set<Value> needed = new HashSet<>();
  private final Map<OpCall, KernelAssignment.Claim> chosen = new HashMap<>();

  Selection(OpGraph graph, KernelAssignment claims, Folding folding) {
    UseCounts uses = claims.uses(graph);
    needed.addAll(graph.outputs().values());
    graph.assignments().forEach(assignment -> needed.add(assignment.value()));
    for (OpCall call : graph.calls().reverse()) {
      if (call.outputs().stream().noneMatch(needed::contains)
          || folding.isConstant(call.outputs().get(0))) {
        continue;
      }
      if (Views.isView(call)) {
        needed.addAll(call.inputs());
      } else if (!(call.op() instanceof Feed || call.op() instanceof Read)) {
        KernelAssignment.Claim claim = claims.claim(call, uses);
        chosen.put(call, claim);
        needed.addAll(claim.choice().inputs(call));
      }
    }
  }

  /** Whether something in the plan reads a value. */
  boolean isNeeded(Value value) {
    return needed.contains(value);
  }

  /** How a needed call runs that is no feed, no view and no constant. */
  KernelAssignment.Claim of(OpCall call) {
    return chosen.get(call);
  }
}
