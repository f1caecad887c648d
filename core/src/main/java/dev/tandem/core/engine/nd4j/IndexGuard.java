package dev.tandem.core.engine.nd4j;

import dev.tandem.core.engine.kernel.Kernel;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.samediff.NativeIndices;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A native op that runs only if its indices lie in its table. */
final class IndexGuard implements Kernel {

  private final NativeIndices indices;
  private final OpCall call;
  private final Kernel kernel;

  private IndexGuard(NativeIndices indices, OpCall call, Kernel kernel) {
    this.indices = indices;
    this.call = call;
    this.kernel = kernel;
  }

  /**
   * A kernel with a guard, if the native op has indices.
   *
   * @param call what the kernel is a part of
   */
  static Kernel around(
      Kernel kernel, OpCall call, String name, List<INDArray> inputs, long... args) {
    NativeIndices indices = NativeIndices.of(name, inputs, args);
    return indices == null ? kernel : new IndexGuard(indices, call, kernel);
  }

  /** Runs a kernel to learn shapes, from made-up numbers, which may be no indices. */
  static void tryOut(Kernel kernel) {
    if (!(kernel instanceof IndexGuard guard) || guard.indices.firstOutside() < 0) {
      kernel.run();
    }
  }

  @Override
  public void run() {
    indices.require(call.op().opName(), call.origin());
    kernel.run();
  }

  @Override
  public void close() {
    kernel.close();
  }
}
