package dev.tandem.core.engine.pass;

import dev.tandem.core.op.Feed;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Read;
import dev.tandem.core.op.random.RandomOp;
import java.util.HashSet;
import java.util.Set;

/** The calls whose outputs are the same in every run, as they depend on constants alone. */
final class ConstantCalls {

  private ConstantCalls() {}

  static Set<OpCall> of(OpGraph graph) {
    Set<OpCall> constant = new HashSet<>();
    for (OpCall call : graph.calls()) {
      boolean changes =
          call.op() instanceof Feed || call.op() instanceof Read || call.op() instanceof RandomOp;
      if (!changes && call.inputs().stream().allMatch(i -> constant.contains(i.call()))) {
        constant.add(call);
      }
    }
    return constant;
  }
}
