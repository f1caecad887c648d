package dev.tandem.core.engine.onednn;

import dev.tandem.core.engine.kernel.Kernel;
import java.util.List;

/** Kernels one after another as one. */
record Serial(List<Kernel> parts) implements Kernel {

  @Override
  public void run() {
    for (int i = 0; i < parts.size(); i++) {
      parts.get(i).run();
    }
  }

  @Override
  public void close() {
    parts.forEach(Kernel::close);
  }
}
