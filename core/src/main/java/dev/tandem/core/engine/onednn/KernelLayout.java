package dev.tandem.core.engine.onednn;

import dev.tandem.core.engine.kernel.Kernel;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;
import org.bytedeco.dnnl.memory;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A convolution's kernel inside and outside of oneDNN. Where the two differ, it is kept in a
 * scratch buffer, the kernel choice's only one.
 *
 * @param outside (height, width, in, out)
 * @param inside as oneDNN likes it for this convolution
 */
record KernelLayout(Dnnl dnnl, memory.desc outside, memory.desc inside) {

  private boolean isSame() {
    return inside.equals(outside);
  }

  List<TensorSpec> scratch() {
    return isSame() ? List.of() : List.of(TensorSpec.of(inside.get_size() / Float.BYTES));
  }

  /** Where the kernel lies for oneDNN. */
  INDArray array(INDArray kernel, List<INDArray> scratch) {
    return isSame() ? kernel : scratch.get(0);
  }

  /** A convolution that reads a kernel. */
  Kernel before(INDArray kernel, List<INDArray> scratch, Kernel convolution) {
    return isSame()
        ? convolution
        : new Serial(
            List.of(Reorder.of(dnnl, outside, kernel, inside, scratch.get(0)), convolution));
  }

  /** A convolution that makes a kernel. */
  Kernel after(Kernel convolution, INDArray kernel, List<INDArray> scratch) {
    return isSame()
        ? convolution
        : new Serial(
            List.of(convolution, Reorder.of(dnnl, inside, scratch.get(0), outside, kernel)));
  }
}
