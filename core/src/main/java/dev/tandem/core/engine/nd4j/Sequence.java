package dev.tandem.core.engine.nd4j;

import dev.tandem.core.engine.kernel.Kernel;

/** Several kernels as one. */
final class Sequence implements Kernel {

  private final Kernel[] kernels;

  private Sequence(Kernel[] kernels) {
    this.kernels = kernels;
  }

  static Kernel of(Kernel... kernels) {
    return kernels.length == 1 ? kernels[0] : new Sequence(kernels);
  }

  @Override
  public void run() {
    for (Kernel kernel : kernels) {
      kernel.run();
    }
  }

  @Override
  public void close() {
    for (Kernel kernel : kernels) {
      kernel.close();
    }
  }
}
