package dev.tandem.core.engine.onednn;

import dev.tandem.core.engine.kernel.Binding;
import dev.tandem.core.engine.kernel.Kernel;
import dev.tandem.core.engine.kernel.KernelChoice;
import dev.tandem.core.engine.kernel.Scratchpad;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * A choice that runs on the calling thread alone: waking others takes some microseconds, and far
 * more where the cores are busy with something else.
 *
 * @param choice what runs
 */
record OneThread(KernelChoice choice) implements KernelChoice {

  /** Multiplications up to which others are not worth waking. */
  static final double FEW_PRODUCTS = 1e6;

  /** Elements up to which others are not worth waking. */
  static final long FEW_ELEMENTS = 32_768;

  /** OpenMP's number of threads, which ND4J and oneDNN share and which belongs to each caller. */
  private static final NativeOps THREADS = NativeOpsHolder.getInstance().getDeviceNativeOps();

  @Override
  public String label(OpCall call) {
    return choice.label(call);
  }

  @Override
  public List<Value> inputs(OpCall call) {
    return choice.inputs(call);
  }

  @Override
  public List<TensorSpec> scratch() {
    return choice.scratch();
  }

  @Override
  public boolean mayShare(int output, int input) {
    return choice.mayShare(output, input);
  }

  @Override
  public Kernel bind(Binding binding) {
    int all = THREADS.ompGetMaxThreads();
    THREADS.setOmpNumThreads(1);
    try {
      return new Alone(choice.bind(binding));
    } finally {
      THREADS.setOmpNumThreads(all);
    }
  }

  private record Alone(Kernel kernel) implements Kernel {

    @Override
    public void run() {
      int all = THREADS.ompGetMaxThreads();
      THREADS.setOmpNumThreads(1);
      try {
        kernel.run();
      } finally {
        THREADS.setOmpNumThreads(all);
      }
    }

    @Override
    public void workIn(Scratchpad pad) {
      kernel.workIn(pad);
    }

    @Override
    public void close() {
      kernel.close();
    }
  }
}
