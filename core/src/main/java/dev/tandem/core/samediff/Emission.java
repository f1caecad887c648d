package dev.tandem.core.samediff;

import com.google.common.collect.ImmutableMap;
import dev.tandem.core.op.Expansion;
import dev.tandem.core.op.Expression;
import dev.tandem.core.op.Leaf;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Primitive;
import dev.tandem.core.op.Read;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.Variable;
import dev.tandem.core.tensor.TensorSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.array.SingleThreadArrayHolder;

/**
 * A graph written into one SameDiff, composites as their parts. Ops lie in name scopes after who
 * drew them, so that they cannot take the names of feeds.
 *
 * @param sd the SameDiff graph
 * @param graph what was written, after expansion
 * @param variables the SameDiff variable of each value
 */
record Emission(SameDiff sd, OpGraph graph, ImmutableMap<Value, SDVariable> variables) {

  /** What reads of variables become. */
  enum Reads {
    /** Variables that hold the very arrays of the graph's variables. */
    SHARED,
    /** Constants: copies of what the variables hold now. */
    FIXED
  }

  static Emission of(OpGraph source, Reads reads) {
    OpGraph graph = Expansion.of(source, call -> false);
    SameDiff sd = SameDiff.create();
    sd.setArrayHolders(new SingleThreadArrayHolder(), new SingleThreadArrayHolder(), true);
    Map<Value, SDVariable> variables = new HashMap<>();
    for (OpCall call : graph.calls()) {
      List<SDVariable> outputs =
          call.op() instanceof Read read && reads == Reads.FIXED
              ? List.of(constant(sd, read.variable()))
              : express(sd, call, call.inputs().stream().map(variables::get).toList());
      for (int i = 0; i < outputs.size(); i++) {
        variables.put(call.outputs().get(i), outputs.get(i));
      }
    }
    return new Emission(sd, graph, ImmutableMap.copyOf(variables));
  }

  /** A constant of a name of its own: layers of two models may have one name. */
  private static SDVariable constant(SameDiff sd, Variable variable) {
    return sd.constant(sd.generateNewVarName(variable.name(), 0, false), variable.array().dup('c'));
  }

  private static List<SDVariable> express(SameDiff sd, OpCall call, List<SDVariable> inputs) {
    List<TensorSpec> specs = call.inputs().stream().map(Value::spec).toList();
    Expression expression = new Expression(sd, inputs, specs);
    Primitive op = (Primitive) call.op();
    if (op instanceof Leaf) {
      return op.express(expression);
    }
    var scope = sd.withNameScope(call.origin().isEmpty() ? "ops" : call.origin());
    try {
      return op.express(expression);
    } finally {
      scope.close();
    }
  }

  /** The SameDiff name of a value. */
  String name(Value value) {
    return variables.get(value).name();
  }
}
