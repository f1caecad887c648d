package dev.tandem.gan.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.engine.PlanEngine;
import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.initializer.Initializers;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.model.Model;
import dev.tandem.core.optimizer.Sgd;
import dev.tandem.core.train.Examples;
import dev.tandem.gan.latent.Latent;
import dev.tandem.gan.net.ClassInputs;
import dev.tandem.gan.objective.Objective;
import dev.tandem.gan.objective.loss.AdversarialLosses;
import dev.tandem.gan.objective.penalty.GeneratorTerms;
import dev.tandem.gan.objective.penalty.Penalties;
import dev.tandem.gan.pair.AdversarialPair;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Terms on nets of fixed numbers: fakes are (1, 0), real samples (1, 2) and (3, 4); the
 * discriminator's first layer doubles, its score is the sum of that.
 */
class GeneratorTermsTest {

  private static final Map<String, INDArray> REAL =
      Map.of("real", Nd4j.createFromArray(new float[][] {{1, 2}, {3, 4}}));

  private static AdversarialPair pair() {
    Model generator =
        Model.sequential(
            "g", Input.of("z", 1), Dense.units(2).kernelInitializer(Initializers.zeros()));
    generator.weights().get(1).set(Nd4j.createFromArray(1f, 0f));
    Model discriminator =
        Model.sequential(
            "d",
            Input.of("x", 2),
            Dense.units(2).named("doubled"),
            Dense.units(1).kernelInitializer(Initializers.ones()).named("sum"));
    discriminator
        .weight("doubled/kernel")
        .set(Nd4j.createFromArray(new float[][] {{2, 0}, {0, 2}}));
    return AdversarialPair.of(generator, discriminator, Latent.normal(1));
  }

  private static Steps steps(AdversarialPair pair, Objective objective) {
    return Steps.compile(pair, objective, Optimizers.both(Sgd.rate(0.1)), new PlanEngine(), 4);
  }

  @Test
  void featureMatching_ofALayer_isTheSquaredDistanceOfMeans() {
    Objective objective =
        Objective.of(AdversarialLosses.wasserstein())
            .generatorTerm(GeneratorTerms.featureMatching(0.5, "doubled"));
    AdversarialPair pair = pair();
    try (Steps steps = steps(pair, objective)) {
      // the loss on scores is -2; means of features are (4, 6) and (2, 0): .5 · (4 + 36)
      double loss = steps.generator().trainOnBatch(Examples.of(REAL)).loss();

      assertThat(loss).isCloseTo(-2 + 20, within(1e-5));
      // to the bias: -2 by the score; by the features .5 · 2 · 2 · (2 - 4) and .5 · 2 · 2 · -6
      assertThat(pair.generator().weights().get(1).values().toFloatVector())
          .containsExactly(new float[] {1 + .1f * (2 + 4), .1f * (2 + 12)}, within(1e-5f));
      assertThat(steps.generator().moves())
          .doesNotContainAnyElementsOf(pair.discriminator().weights());
    }
  }

  @Test
  void featureMatching_inPlaceOfTheLossOnScores_isAllThatMovesTheGenerator() {
    Objective objective =
        Objective.of(AdversarialLosses.forDiscriminatorAlone(AdversarialLosses.wasserstein()))
            .generatorTerm(GeneratorTerms.featureMatching(0.5, "doubled"));
    AdversarialPair pair = pair();
    try (Steps steps = steps(pair, objective)) {
      double loss = steps.generator().trainOnBatch(Examples.of(REAL)).loss();

      assertThat(loss).isCloseTo(20, within(1e-5));
      assertThat(pair.generator().weights().get(1).values().toFloatVector())
          .containsExactly(new float[] {1 + .1f * 4, .1f * 12}, within(1e-5f));
    }
  }

  @Test
  void featureMatching_ofANetWithLabels_takesThem() {
    Input x = Input.of("x", 2);
    Input label = ClassInputs.label("class");
    SymbolicTensor features =
        Dense.units(3).named("features").apply(ClassInputs.concatenate(x, label, 2));
    Model discriminator =
        Model.of("d", List.of(x, label), List.of(Dense.units(1).named("score").apply(features)));
    Input z = Input.of("z", 1);
    Input told = ClassInputs.label("told");
    Model generator =
        Model.of(
            "g",
            List.of(z, told),
            List.of(Dense.units(2).named("point").apply(ClassInputs.concatenate(z, told, 2))));
    AdversarialPair pair =
        AdversarialPair.conditional(generator, discriminator, Latent.normal(1), 2);
    Objective objective =
        Objective.of(AdversarialLosses.hinge())
            .generatorTerm(GeneratorTerms.featureMatching(1, "features"));
    try (Steps steps = steps(pair, objective)) {
      Examples examples = Examples.of(REAL).input("label", Nd4j.createFromArray(0, 1));

      assertThat(steps.generator().trainOnBatch(examples).loss()).isFinite();
    }
  }

  @Test
  void featureMatching_ofNoLayer_namesThoseThereAre() {
    Objective objective =
        Objective.of(AdversarialLosses.hinge())
            .generatorTerm(GeneratorTerms.featureMatching(1, "dubled"));
    assertThatThrownBy(() -> steps(pair(), objective))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has no layer \"dubled\"")
        .hasMessageContaining("[doubled, sum]");
    assertThatThrownBy(() -> GeneratorTerms.featureMatching(-1, "a"))
        .hasMessage("feature matching is not a number of at least 0: -1.0");
  }

  @Test
  void consistency_underAShift_isTheSquareOfWhatItChanges() {
    // a shift of each number by .5 changes every score by 2; losses of Wasserstein are 2 - 10
    Objective objective = Objective.of(AdversarialLosses.wasserstein());
    Objective onReal = objective.penalty(Penalties.consistency(3, (ops, x) -> ops.shift(x, 0.5)));
    Objective onBoth =
        objective.penalty(
            Penalties.balancedConsistency(
                3, 5, (ops, x) -> ops.shift(x, 0.25), (ops, x) -> ops.shift(x, 0.25)));
    Objective onFakes =
        objective.penalty(Penalties.balancedConsistency(0, 5, (ops, x) -> ops.scale(x, 2)));

    assertThat(loss(onReal)).isCloseTo(2 - 10 + 3 * 4, within(1e-5));
    assertThat(loss(onBoth)).isCloseTo(2 - 10 + 3 * 4 + 5 * 4, within(1e-5));
    assertThat(loss(onFakes)).isCloseTo(2 - 10 + 5 * 4, within(1e-5));
    assertThatThrownBy(() -> Penalties.consistency(1)).hasMessageContaining("needs changes");
    assertThatThrownBy(() -> Penalties.consistency(0, (ops, x) -> x))
        .hasMessageContaining("is no penalty");
  }

  private static double loss(Objective objective) {
    try (Steps steps = steps(pair(), objective)) {
      return steps.discriminator().trainOnBatch(Examples.of(REAL)).loss();
    }
  }
}
