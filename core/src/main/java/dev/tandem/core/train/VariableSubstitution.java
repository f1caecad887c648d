package dev.tandem.core.train;

import dev.tandem.core.op.GraphRewriter;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Read;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.Variable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The reading of other variables in place of some; what is written stays. */
final class VariableSubstitution extends GraphRewriter {

  private final Map<Variable, Variable> substitutes;

  private VariableSubstitution(Map<Variable, Variable> substitutes) {
    this.substitutes = substitutes;
  }

  /**
   * The same computation with some variables read elsewhere.
   *
   * @param substitutes for a variable the one that is read in its place
   */
  static OpGraph of(OpGraph graph, Map<Variable, Variable> substitutes) {
    return new VariableSubstitution(substitutes).rewrite(graph);
  }

  @Override
  protected @Nullable List<Value> replace(OpCall call, List<Value> inputs) {
    return call.op() instanceof Read read && substitutes.containsKey(read.variable())
        ? List.of(ops().read(substitutes.get(read.variable())))
        : null;
  }
}
