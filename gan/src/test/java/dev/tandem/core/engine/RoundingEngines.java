package dev.tandem.core.engine;

import dev.tandem.core.op.Engine;
import dev.tandem.core.op.Precision;

/** What computes in bfloat16 wherever tests run. */
public final class RoundingEngines {

  private RoundingEngines() {}

  /** The processor's own kernels where it has any, else float32 kernels on rounded operands. */
  public static Engine here() {
    PlanEngine engine = new PlanEngine();
    return engine.lacks(Precision.BF16).isEmpty()
        ? engine
        : PlanEngine.widening(EngineOptions.defaults());
  }
}
