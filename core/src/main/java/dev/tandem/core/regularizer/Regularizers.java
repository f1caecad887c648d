package dev.tandem.core.regularizer;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Check;

/** The standard penalties. */
public final class Regularizers {

  private Regularizers() {}

  /** l1 · Σ|w| + l2 · Σw². */
  public record L1L2(double l1, double l2) implements Regularizer {

    /** Checks the factors. */
    public L1L2 {
      Check.notNegative("L1 factor", l1);
      Check.notNegative("L2 factor", l2);
    }

    @Override
    public Value penalty(Ops ops, Value tensor) {
      Value absolute = ops.scale(ops.sum(ops.abs(tensor)), l1);
      Value squared = ops.scale(ops.sum(ops.square(tensor)), l2);
      if (l1 == 0) {
        return squared;
      }
      return l2 == 0 ? absolute : ops.add(absolute, squared);
    }
  }

  /** factor · Σ|w|. */
  public static Regularizer l1(double factor) {
    return new L1L2(factor, 0);
  }

  /** factor · Σw². */
  public static Regularizer l2(double factor) {
    return new L1L2(0, factor);
  }

  /** l1 · Σ|w| + l2 · Σw². */
  public static Regularizer l1l2(double l1, double l2) {
    return new L1L2(l1, l2);
  }
}
