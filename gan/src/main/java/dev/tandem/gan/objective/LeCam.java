package dev.tandem.gan.objective;

import static dev.tandem.core.layer.Tensors.add;
import static dev.tandem.core.layer.Tensors.mean;
import static dev.tandem.core.layer.Tensors.scale;
import static dev.tandem.core.layer.Tensors.square;
import static dev.tandem.core.layer.Tensors.subtract;

import dev.tandem.core.graph.SymbolicTensor;

/** weight · (E[(D(x) − mean of fakes so far)²] + E[(D(G(z)) − mean of real samples so far)²]). */
record LeCam(double weight, double decay) implements Penalty {

  LeCam {
    Checks.require("LeCam weight", weight);
    if (!(decay >= 0 && decay < 1)) {
      throw new IllegalArgumentException("decay of LeCam's averages is not in [0, 1): " + decay);
    }
  }

  @Override
  public SymbolicTensor draw(CriticContext scene) {
    SymbolicTensor ofReal = average(scene, "lecam_real", scene.realScores());
    SymbolicTensor ofFake = average(scene, "lecam_fake", scene.fakeScores());
    SymbolicTensor onReal = mean(square(subtract(scene.realScores(), ofFake)));
    SymbolicTensor onFake = mean(square(subtract(scene.fakeScores(), ofReal)));
    return scale(add(onReal, onFake), weight);
  }

  private SymbolicTensor average(CriticContext scene, String name, SymbolicTensor scores) {
    AverageSoFar layer = new AverageSoFar(scene.named(name), decay);
    SymbolicTensor average = layer.apply(scores);
    scene.moves(layer);
    return average;
  }

  @Override
  public boolean differentiatesEachSample() {
    return false;
  }
}
