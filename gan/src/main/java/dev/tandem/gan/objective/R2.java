package dev.tandem.gan.objective;

import dev.tandem.core.graph.SymbolicTensor;

/** gamma / 2 · E[‖∇D(x)‖²] at fakes. */
record R2(double gamma) implements Penalty {

  R2 {
    Checks.require("gamma of R2", gamma);
  }

  @Override
  public SymbolicTensor draw(CriticContext scene) {
    return GradientNorms.squared(gamma / 2, scene.fakeScores(), scene.fake());
  }
}
