package dev.tandem.core.optimizer;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;

/** Moving averages. */
final class Averages {

  private Averages() {}

  /** {@code stays · average + (1 − stays) · next}. */
  static Value of(Ops ops, double stays, Value average, Value next) {
    return ops.add(ops.scale(average, stays), ops.scale(next, 1 - stays));
  }

  /** {@code 1 − stays^step}: how much of an average that began at 0 has been filled. */
  static double filled(double stays, long step) {
    return 1 - Math.pow(stays, step);
  }
}
