package dev.tandem.gan.objective;

import dev.tandem.core.graph.SymbolicTensor;

/** gamma / 2 · E[‖∇D(x)‖²] at real samples. */
record R1(double gamma) implements Penalty {

  R1 {
    Checks.require("gamma of R1", gamma);
  }

  @Override
  public SymbolicTensor draw(CriticContext scene) {
    return GradientNorms.squared(gamma / 2, scene.realScores(), scene.real());
  }
}
