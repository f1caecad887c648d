package dev.tandem.core.engine.pass;

import dev.tandem.core.op.GraphRewriter;
import dev.tandem.core.op.Op;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.activation.LeakyRelu;
import dev.tandem.core.op.activation.LeakyReluGradient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The pass that lets gradients of leaky relu read its output, which has its input's sign, so that
 * nobody needs the input: it can be overwritten, or stay inside the kernel that computes it.
 */
final class OutputGradients extends GraphRewriter {

  private record Activation(Value input, double slope) {}

  private final Map<Activation, Value> outputs = new HashMap<>();

  private OutputGradients() {}

  static OpGraph of(OpGraph graph) {
    return new OutputGradients().rewrite(graph);
  }

  @Override
  protected @Nullable List<Value> replace(OpCall call, List<Value> inputs) {
    Value simple = simpler(call.op(), inputs);
    return simple == null ? null : List.of(simple);
  }

  private @Nullable Value simpler(Op op, List<Value> inputs) {
    if (op instanceof LeakyRelu leaky && leaky.slope() >= 0) {
      Value y = ops().one(op, inputs.get(0));
      outputs.put(new Activation(inputs.get(0), leaky.slope()), y);
      return y;
    }
    if (op instanceof LeakyReluGradient leaky) {
      Value y = outputs.get(new Activation(inputs.get(1), leaky.slope()));
      return y == null ? null : ops().one(op, inputs.get(0), y);
    }
    return null;
  }
}
