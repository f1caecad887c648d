package dev.tandem.gan.objective;

import static dev.tandem.core.layer.Tensors.add;
import static dev.tandem.core.layer.Tensors.multiply;
import static dev.tandem.core.layer.Tensors.randomUniform;
import static dev.tandem.core.layer.Tensors.subtract;

import dev.tandem.core.graph.SymbolicTensor;

/** weight · E[(‖∇D(x)‖ − target)²], x on straight lines from fakes to real samples. */
record GradientPenalty(double weight, double target) implements Penalty {

  GradientPenalty {
    Checks.require("gradient penalty", weight);
    Checks.require("target slope", target);
  }

  @Override
  public SymbolicTensor draw(CriticContext scene) {
    SymbolicTensor share = randomUniform(scene.real(), GradientNorms.once(scene.real()));
    SymbolicTensor way = subtract(scene.real(), scene.fake());
    SymbolicTensor between = add(scene.fake(), multiply(share, way));
    return GradientNorms.around(target, weight, scene.scores(between), between);
  }
}
