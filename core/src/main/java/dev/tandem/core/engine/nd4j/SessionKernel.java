package dev.tandem.core.engine.nd4j;

import dev.tandem.core.engine.kernel.Binding;
import dev.tandem.core.engine.kernel.Kernel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An expression run by SameDiff's session: slow, for what cannot be {@linkplain TracedKernel
 * traced}.
 */
final class SessionKernel implements Kernel {

  private final WrittenExpression written;
  private final Map<String, INDArray> inputs = new LinkedHashMap<>();
  private final List<INDArray> outputs;

  SessionKernel(WrittenExpression written, Binding binding) {
    this.written = written;
    for (int i = 0; i < written.inputs().size(); i++) {
      inputs.put(written.inputs().get(i), binding.in(i));
    }
    outputs = binding.outputs();
  }

  @Override
  public void run() {
    Map<String, INDArray> results = written.sd().output(inputs, written.outputs());
    for (int i = 0; i < outputs.size(); i++) {
      outputs.get(i).assign(results.get(written.outputs().get(i)));
    }
  }
}
