package dev.tandem.core.op.samediff;

import com.google.common.primitives.Longs;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.autodiff.listeners.At;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.config.ExecutionResult;
import org.nd4j.autodiff.samediff.config.SDValue;
import org.nd4j.autodiff.samediff.internal.FrameIter;
import org.nd4j.autodiff.samediff.internal.InferenceSession;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.OpContext;

/**
 * A SameDiff session whose ops look at their indices before they read or write a table. It does not
 * keep the ids of all arrays that it has ever freed, as SameDiff's own does, and belongs to whoever
 * runs the graph rather than to a thread.
 */
public class CheckedSession extends InferenceSession {

  /** A session of a graph. */
  public CheckedSession(SameDiff sd) {
    super(sd);
  }

  /** The values of variables; their arrays hold until the next run. */
  public Map<String, INDArray> run(List<String> names, Map<String, INDArray> placeholders) {
    try {
      ExecutionResult result =
          output(names, placeholders, Map.of(), null, List.of(), List.of(), At.defaultAt());
      Map<String, INDArray> arrays = new HashMap<>();
      for (String name : names) {
        arrays.put(
            name,
            result.getOutputs() == null
                ? Objects.requireNonNull(result.getValueOutputs().get(name)).getTensorValue()
                : Objects.requireNonNull(result.getOutputs().get(name)).orElseThrow());
      }
      return arrays;
    } finally {
      freedArrays.clear();
    }
  }

  @Override
  public ExecutionResult doExec(
      DifferentialFunction op,
      OpContext context,
      FrameIter frame,
      Set<VarId> inputs,
      Set<VarId> iterated,
      Set<String> fixed,
      Map<String, SDValue> others) {
    if (op instanceof DynamicCustomOp custom && NativeIndices.belongTo(custom.opName())) {
      NativeIndices indices =
          NativeIndices.of(custom.opName(), context.getInputArrays(), arguments(context));
      heed(custom, context, Objects.requireNonNull(indices));
    }
    return super.doExec(op, context, frame, inputs, iterated, fixed, others);
  }

  private static long[] arguments(OpContext context) {
    List<Long> arguments = context.getIArguments();
    return arguments == null ? new long[0] : Longs.toArray(arguments);
  }

  /** Refuses an op whose indices are not in its table. */
  protected void heed(DynamicCustomOp op, OpContext context, NativeIndices indices) {
    indices.require(op.opName(), scope(op.getOwnName()));
  }

  private static String scope(String name) {
    return name.substring(0, Math.max(0, name.lastIndexOf('/')));
  }
}
