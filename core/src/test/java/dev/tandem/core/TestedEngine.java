package dev.tandem.core;

import dev.tandem.core.op.Engine;

/** An engine of another module, found as a service, for which tests of this one are run there. */
public interface TestedEngine {

  /** The engine. */
  Engine engine();
}
