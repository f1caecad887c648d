package dev.tandem.core.engine.samediff;

import dev.tandem.core.engine.kernel.Binding;
import dev.tandem.core.engine.kernel.Kernel;
import dev.tandem.core.op.Expression;
import dev.tandem.core.op.Primitive;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/** One op in a SameDiff graph of its own. */
final class ExpressionKernel implements Kernel {

  private final SameDiff sd = SameDiff.create();
  private final Map<String, INDArray> inputs = new LinkedHashMap<>();
  private final List<INDArray> outputs;
  private final String[] names;

  ExpressionKernel(Primitive op, Binding binding) {
    List<SDVariable> variables = new ArrayList<>();
    for (int i = 0; i < binding.inputs().size(); i++) {
      INDArray array = binding.in(i);
      variables.add(sd.placeHolder("input" + i, array.dataType(), array.shape()));
      inputs.put("input" + i, array);
    }
    List<TensorSpec> specs = binding.call().inputs().stream().map(Value::spec).toList();
    names =
        op.express(new Expression(sd, variables, specs)).stream()
            .map(SDVariable::name)
            .toArray(String[]::new);
    outputs = binding.outputs();
  }

  @Override
  public void run() {
    Map<String, INDArray> results = sd.output(inputs, names);
    for (int i = 0; i < names.length; i++) {
      outputs.get(i).assign(results.get(names[i]));
    }
  }
}
