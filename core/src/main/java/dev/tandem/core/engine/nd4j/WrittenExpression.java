package dev.tandem.core.engine.nd4j;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.Primitive;
import dev.tandem.core.op.SameDiffContext;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * One op written into a SameDiff graph of its own.
 *
 * @param sd the graph
 * @param inputs the names of its placeholders
 * @param outputs the names of what comes out
 */
record WrittenExpression(SameDiff sd, ImmutableList<String> inputs, ImmutableList<String> outputs) {

  static WrittenExpression of(Primitive op, OpCall call) {
    SameDiff sd = SameDiff.create();
    List<TensorSpec> specs = call.inputs().stream().map(Value::spec).toList();
    List<SDVariable> inputs = new ArrayList<>();
    for (TensorSpec spec : specs) {
      inputs.add(sd.placeHolder("input" + inputs.size(), spec.dtype(), spec.shape().toArray()));
    }
    return new WrittenExpression(
        sd, names(inputs), names(op.express(new SameDiffContext(sd, inputs, specs))));
  }

  private static ImmutableList<String> names(List<SDVariable> variables) {
    return variables.stream().map(SDVariable::name).collect(ImmutableList.toImmutableList());
  }
}
