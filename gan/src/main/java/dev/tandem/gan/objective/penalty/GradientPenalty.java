package dev.tandem.gan.objective.penalty;

import static dev.tandem.core.layer.Tensors.add;
import static dev.tandem.core.layer.Tensors.multiply;
import static dev.tandem.core.layer.Tensors.randomUniform;
import static dev.tandem.core.layer.Tensors.subtract;

import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.gan.objective.critic.CriticContext;

/** weight · E[(‖∇D(x)‖ − target)²], x on straight lines from fakes to real samples. */
record GradientPenalty(double weight, double target) implements Penalty {

  GradientPenalty {
    Checks.require("gradient penalty", weight);
    Checks.require("target slope", target);
  }

  @Override
  public SymbolicTensor term(CriticContext critic) {
    SymbolicTensor share = randomUniform(critic.real(), GradientNorms.once(critic.real()));
    SymbolicTensor way = subtract(critic.real(), critic.fake());
    SymbolicTensor between = add(critic.fake(), multiply(share, way));
    return GradientNorms.around(target, weight, critic.scores(between), between);
  }
}
