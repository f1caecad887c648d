package dev.tandem.core.engine.onednn;

import dev.tandem.core.engine.kernel.Binding;
import dev.tandem.core.engine.kernel.HostKernelChoice;
import dev.tandem.core.engine.kernel.Kernel;
import dev.tandem.core.engine.kernel.OmpThreads;
import dev.tandem.core.engine.kernel.Scratchpad;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;

/**
 * A choice that runs on the calling thread alone: waking others takes some microseconds, and far
 * more where the cores are busy with something else.
 *
 * @param choice what runs
 */
record OneThread(HostKernelChoice choice) implements HostKernelChoice {

  /** Multiplications up to which others are not worth waking. */
  static final double FEW_PRODUCTS = 2.5e5;

  /** Elements up to which others are not worth waking. */
  static final long FEW_ELEMENTS = 32_768;

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
    int all = OmpThreads.limit(1);
    try {
      return new Alone(choice.bind(binding));
    } finally {
      OmpThreads.restore(all);
    }
  }

  private record Alone(Kernel kernel) implements Kernel {

    @Override
    public void run() {
      int all = OmpThreads.limit(1);
      try {
        kernel.run();
      } finally {
        OmpThreads.restore(all);
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
