package dev.tandem.core.engine;

import dev.tandem.core.op.Precision;

/** Engines that compute in {@link Precision#BF16} wherever tests run. */
public final class BFloat16Engines {

  private BFloat16Engines() {}

  /** The processor's own where it has any, else float32 kernels on rounded operands. */
  public static PlanEngine here() {
    PlanEngine engine = new PlanEngine();
    return isNative() ? engine : widening();
  }

  /** Float32 kernels on rounded operands. */
  public static PlanEngine widening() {
    return PlanEngine.widening(EngineOptions.defaults());
  }

  /** Whether this processor multiplies bfloat16. */
  public static boolean isNative() {
    return new PlanEngine().lacks(Precision.BF16).isEmpty();
  }
}
