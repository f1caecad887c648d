package dev.tandem.core.engine.task;

import dev.tandem.core.engine.kernel.KernelChoice;
import dev.tandem.core.op.OpCall;

/** Kernels that every engine has itself, without a library. */
public enum PlanChoice implements KernelChoice {
  /** The input is copied to the output. */
  COPY,
  /**
   * The output has the values that the call says, a {@link dev.tandem.core.op.Constant} or a {@link
   * dev.tandem.core.op.Fill}; in the setup only.
   */
  LITERAL;

  /** In place of a library's name, in listings. */
  static final String LIBRARY = "plan";

  @Override
  public String label(OpCall call) {
    return this == COPY ? "copy" : call.op().opName();
  }
}
