package dev.tandem.core.engine.kernel;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.op.OpCall;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a kernel works on. All arrays are dense and in 'c' order; their contents are undefined until
 * the kernels before this one have run.
 *
 * @param call what is computed
 * @param inputs one array for each of {@link HostKernelChoice#inputs}
 * @param outputs one array for each output of the call, used or not
 * @param scratch one array for each spec of {@link HostKernelChoice#scratch}
 * @param constants arrays that kernels of one plan share
 * @param clock where random kernels read the seed and the step
 */
public record Binding(
    OpCall call,
    ImmutableList<INDArray> inputs,
    ImmutableList<INDArray> outputs,
    ImmutableList<INDArray> scratch,
    Constants constants,
    StepClock clock) {

  /** An input. */
  public INDArray in(int index) {
    return inputs.get(index);
  }

  /** The first output. */
  public INDArray out() {
    return outputs.get(0);
  }

  /** An output. */
  public INDArray out(int index) {
    return outputs.get(index);
  }

  /** A scratch buffer. */
  public INDArray scratch(int index) {
    return scratch.get(index);
  }
}
