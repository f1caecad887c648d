package dev.tandem.core.engine.onednn;

import dev.tandem.core.engine.kernel.Kernel;
import dev.tandem.core.engine.kernel.Scratchpad;
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
  public void workIn(Scratchpad pad) {
    parts.forEach(part -> part.workIn(pad));
  }

  @Override
  public void close() {
    parts.forEach(Kernel::close);
  }
}
