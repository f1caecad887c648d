package dev.tandem.core.engine.kernel;

import java.util.List;

/** Several kernels as one, which runs them one after another. */
public final class Sequence implements Kernel {

  private final Kernel[] kernels;

  private Sequence(Kernel[] kernels) {
    this.kernels = kernels;
  }

  /** The kernels in this order. */
  public static Kernel of(Kernel... kernels) {
    return kernels.length == 1 ? kernels[0] : new Sequence(kernels.clone());
  }

  /** The kernels in this order. */
  public static Kernel of(List<Kernel> kernels) {
    return of(kernels.toArray(Kernel[]::new));
  }

  @Override
  public void run() {
    for (Kernel kernel : kernels) {
      kernel.run();
    }
  }

  @Override
  public void workIn(Scratchpad pad) {
    for (Kernel kernel : kernels) {
      kernel.workIn(pad);
    }
  }

  @Override
  public void close() {
    for (Kernel kernel : kernels) {
      kernel.close();
    }
  }
}
