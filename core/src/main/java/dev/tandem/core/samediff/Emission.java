package dev.tandem.core.samediff;

import com.google.common.collect.ImmutableMap;
import dev.tandem.core.op.Expansion;
import dev.tandem.core.op.Expression;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Primitive;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.TensorSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.array.SingleThreadArrayHolder;

/**
 * A graph written into one SameDiff, composites as their parts.
 *
 * @param sd the SameDiff graph; variables are the very arrays of the graph's variables
 * @param graph what was written, after expansion
 * @param variables the SameDiff variable of each value
 */
record Emission(SameDiff sd, OpGraph graph, ImmutableMap<Value, SDVariable> variables) {

  static Emission of(OpGraph source) {
    OpGraph graph = Expansion.of(source, call -> false);
    SameDiff sd = SameDiff.create();
    sd.setArrayHolders(new SingleThreadArrayHolder(), new SingleThreadArrayHolder(), true);
    Map<Value, SDVariable> variables = new HashMap<>();
    for (OpCall call : graph.calls()) {
      List<SDVariable> inputs = call.inputs().stream().map(variables::get).toList();
      List<TensorSpec> specs = call.inputs().stream().map(Value::spec).toList();
      List<SDVariable> outputs = ((Primitive) call.op()).express(new Expression(sd, inputs, specs));
      for (int i = 0; i < outputs.size(); i++) {
        variables.put(call.outputs().get(i), outputs.get(i));
      }
    }
    return new Emission(sd, graph, ImmutableMap.copyOf(variables));
  }

  /** The SameDiff name of a value. */
  String name(Value value) {
    return variables.get(value).name();
  }
}
