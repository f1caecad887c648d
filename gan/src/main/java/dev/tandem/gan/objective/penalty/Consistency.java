package dev.tandem.gan.objective.penalty;

import static dev.tandem.core.layer.Tensors.add;
import static dev.tandem.core.layer.Tensors.mean;
import static dev.tandem.core.layer.Tensors.scale;
import static dev.tandem.core.layer.Tensors.square;
import static dev.tandem.core.layer.Tensors.subtract;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Lambda;
import dev.tandem.gan.objective.augment.Augmentation;
import dev.tandem.gan.objective.critic.CriticContext;

/** ofReal · E[(D(x) − D(T(x)))²] + ofFake · E[(D(G(z)) − D(T(G(z))))²]. */
record Consistency(double ofReal, double ofFake, ImmutableList<Augmentation> changes)
    implements Penalty {

  Consistency {
    Checks.require("consistency of real samples", ofReal);
    Checks.require("consistency of fakes", ofFake);
    if (ofReal + ofFake == 0) {
      throw new IllegalArgumentException("consistency of weights 0 and 0 is no penalty");
    }
    if (changes.isEmpty()) {
      throw new IllegalArgumentException(
          "consistency needs changes that scores should not see, such as"
              + " Augmentations.translation(0.125)");
    }
  }

  @Override
  public SymbolicTensor term(CriticContext critic) {
    if (ofFake == 0) {
      return term(ofReal, critic, critic.real(), critic.realScores());
    }
    SymbolicTensor onFakes = term(ofFake, critic, critic.fake(), critic.fakeScores());
    return ofReal == 0
        ? onFakes
        : add(term(ofReal, critic, critic.real(), critic.realScores()), onFakes);
  }

  private SymbolicTensor term(
      double weight, CriticContext critic, SymbolicTensor samples, SymbolicTensor scores) {
    SymbolicTensor changed = samples;
    for (Augmentation change : changes) {
      changed = Lambda.of((ops, in) -> change.apply(ops, in.get(0))).apply(changed);
    }
    return scale(mean(square(subtract(scores, critic.scores(changed)))), weight);
  }

  @Override
  public boolean differentiatesEachSample() {
    return false;
  }
}
