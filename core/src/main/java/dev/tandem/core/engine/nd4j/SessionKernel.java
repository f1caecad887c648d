package dev.tandem.core.engine.nd4j;

import dev.tandem.core.engine.kernel.Binding;
import dev.tandem.core.engine.kernel.Kernel;
import dev.tandem.core.op.samediff.CheckedSession;
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
  private final CheckedSession session;
  private final Map<String, INDArray> inputs = new LinkedHashMap<>();
  private final List<INDArray> outputs;

  SessionKernel(WrittenExpression written, Binding binding) {
    this.written = written;
    this.session = new CheckedSession(written.sd());
    for (int i = 0; i < written.inputs().size(); i++) {
      inputs.put(written.inputs().get(i), binding.in(i));
    }
    outputs = binding.outputs();
  }

  @Override
  public void run() {
    Map<String, INDArray> results = session.run(written.outputs(), inputs);
    for (int i = 0; i < outputs.size(); i++) {
      outputs.get(i).assign(results.get(written.outputs().get(i)));
    }
  }
}
