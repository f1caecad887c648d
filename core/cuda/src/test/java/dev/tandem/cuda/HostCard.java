package dev.tandem.cuda;

import dev.tandem.core.TestedEngine;
import dev.tandem.core.op.Engine;

/** The engine for cards on the host, for tests of core that hold for every engine. */
public final class HostCard implements TestedEngine {

  @Override
  public Engine engine() {
    return new CudaEngine(Cards.host());
  }
}
