package dev.tandem.gan.objective.penalty;

import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.gan.objective.critic.CriticContext;

/** gamma / 2 · E[‖∇D(x)‖²] at real samples. */
record R1(double gamma) implements Penalty {

  R1 {
    Checks.require("gamma of R1", gamma);
  }

  @Override
  public SymbolicTensor term(CriticContext critic) {
    return GradientNorms.squared(gamma / 2, critic.realScores(), critic.real());
  }
}
