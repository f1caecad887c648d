package dev.tandem.gan.objective.loss;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;

/** D: softplus(−r) + softplus(f); G: softplus(−f) (Goodfellow et al., 2014, arXiv:1406.2661). */
record NonSaturating() implements CrossEntropy {

  @Override
  public Value forGenerator(Ops ops, Value scores) {
    return onReal(ops, scores);
  }
}
