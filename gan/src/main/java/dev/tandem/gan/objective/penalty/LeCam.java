package dev.tandem.gan.objective.penalty;

import static dev.tandem.core.layer.Tensors.add;
import static dev.tandem.core.layer.Tensors.mean;
import static dev.tandem.core.layer.Tensors.scale;
import static dev.tandem.core.layer.Tensors.square;
import static dev.tandem.core.layer.Tensors.subtract;

import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.gan.objective.critic.CriticContext;

/** weight · (E[(D(x) − mean of fakes so far)²] + E[(D(G(z)) − mean of real samples so far)²]). */
record LeCam(double weight, double decay) implements Penalty {

  LeCam {
    Checks.require("LeCam weight", weight);
    if (!(decay >= 0 && decay < 1)) {
      throw new IllegalArgumentException("decay of LeCam's averages is not in [0, 1): " + decay);
    }
  }

  @Override
  public SymbolicTensor term(CriticContext critic) {
    SymbolicTensor ofReal = average(critic, "lecam_real", critic.realScores());
    SymbolicTensor ofFake = average(critic, "lecam_fake", critic.fakeScores());
    SymbolicTensor onReal = mean(square(subtract(critic.realScores(), ofFake)));
    SymbolicTensor onFake = mean(square(subtract(critic.fakeScores(), ofReal)));
    return scale(add(onReal, onFake), weight);
  }

  private SymbolicTensor average(CriticContext critic, String name, SymbolicTensor scores) {
    AverageSoFar layer = new AverageSoFar(critic.named(name), decay);
    SymbolicTensor average = layer.apply(scores);
    critic.updates(layer);
    return average;
  }

  @Override
  public boolean differentiatesEachSample() {
    return false;
  }
}
