package dev.tandem.gan.objective.penalty;

import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.gan.objective.critic.CriticContext;

/** gamma / 2 · E[‖∇D(x)‖²] at fakes. */
record R2(double gamma) implements Penalty {

  R2 {
    Checks.require("gamma of R2", gamma);
  }

  @Override
  public SymbolicTensor term(CriticContext critic) {
    return GradientNorms.squared(gamma / 2, critic.fakeScores(), critic.fake());
  }
}
