package dev.tandem.core.samediff;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.listeners.At;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.config.ExecutionResult;
import org.nd4j.autodiff.samediff.internal.InferenceSession;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A SameDiff session that does not grow. SameDiff's own keeps the ids of all arrays that it has
 * ever freed, and belongs to a thread rather than to whoever runs the graph.
 */
final class Session extends InferenceSession implements AutoCloseable {

  private final ArrayPool pool = new ArrayPool();

  Session(SameDiff sd) {
    super(sd);
    setMmgr(pool);
  }

  /** The values of variables; their arrays hold until the next run. */
  Map<String, INDArray> run(List<String> names, Map<String, INDArray> placeholders) {
    pool.releaseAll();
    try {
      ExecutionResult result =
          output(names, placeholders, Map.of(), null, List.of(), List.of(), At.defaultAt());
      Map<String, INDArray> arrays = new HashMap<>();
      for (String name : names) {
        arrays.put(
            name,
            result.getOutputs() == null
                ? result.getValueOutputs().get(name).getTensorValue()
                : result.getOutputs().get(name).orElseThrow());
      }
      return arrays;
    } finally {
      freedArrays.clear();
    }
  }

  /** Gives the memory back. */
  @Override
  public void close() {
    pool.close();
  }
}
