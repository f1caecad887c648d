package dev.tandem.core.train;

import dev.tandem.core.engine.PlanEngine;
import dev.tandem.core.op.Engine;
import dev.tandem.core.samediff.SameDiffEngine;

/** The engine that runs the steps. All engines compute the same. */
public enum EngineKind {
  /** A static plan of kernels: the fast one. */
  PLAN {
    @Override
    Engine make() {
      return new PlanEngine();
    }
  },
  /** SameDiff's own session: the meaning of every op, for comparison and debugging. */
  SAMEDIFF {
    @Override
    Engine make() {
      return new SameDiffEngine();
    }
  };

  abstract Engine make();
}
