package dev.tandem.gan.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.data.Dataset;
import dev.tandem.core.graph.Input;
import dev.tandem.core.initializer.Initializers;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.model.Model;
import dev.tandem.core.optimizer.Schedules;
import dev.tandem.core.optimizer.Sgd;
import dev.tandem.gan.latent.Latent;
import dev.tandem.gan.objective.Objective;
import dev.tandem.gan.objective.augment.Augmentations;
import dev.tandem.gan.objective.augment.Strength;
import dev.tandem.gan.objective.loss.AdversarialLosses;
import dev.tandem.gan.objective.penalty.Penalties;
import dev.tandem.gan.pair.AdversarialPair;
import dev.tandem.gan.step.Optimizers;
import dev.tandem.gan.step.Steps;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Numbers that change while a pair is trained, on nets that stay: the discriminator is x, fakes are
 * all 0.25, and three of the four real samples are above 0.
 */
class VaryingNumbersTest {

  private static final float[][] REAL = {{1}, {2}, {3}, {-2}};

  private static Dataset data() {
    return Dataset.builder().input("x", Nd4j.createFromArray(REAL)).build();
  }

  private static Model line(String name, double slope, double bias) {
    return Model.sequential(
        name,
        Input.of(name + "_in", 1),
        Dense.units(1)
            .kernelInitializer(Initializers.constant(slope))
            .biasInitializer(Initializers.constant(bias)));
  }

  private static AdversarialTraining still(Objective objective) {
    return AdversarialTraining.of(
            AdversarialPair.of(line("g", 0, 0.25), line("d", 1, 0), Latent.normal(1)), objective)
        .initializing()
        .optimizers(Optimizers.both(Sgd.rate(0)))
        .batch(4);
  }

  /** A number of the run, or the discriminator's loss, round by round. */
  private static List<Double> rounds(AdversarialTraining recipe, String value, int count) {
    List<Double> all = new ArrayList<>();
    try (AdversarialTrainer trainer = recipe.start(data())) {
      for (int i = 0; i < count; i++) {
        Round round = trainer.round();
        all.add(value.equals("loss") ? round.discriminatorLoss() : trainer.values().get(value));
      }
      assertThat(trainer.steps().discriminator().programs()).hasSize(2); // both halves, once
    }
    return all;
  }

  @Test
  void penalty_withAFactor_isTakenByThatOfTheStep() {
    // the mean of fakes less that of real samples is .25 - 1; R1 of a slope of 1 is gamma / 2
    Objective wasserstein = Objective.of(AdversarialLosses.wasserstein());
    Objective growing =
        wasserstein
            .penalty(Penalties.r1(0.5), Schedules.linearDecay(1, 4, 5))
            .penalty(Penalties.r2(1));

    assertThat(rounds(still(growing), "loss", 6))
        .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-6 ? 0 : 1)
        .containsExactly(0.0, 0.25, 0.5, 0.75, 1.0, 1.0);
    assertThat(rounds(still(growing), "penalty/value", 3)).containsExactly(1.0, 2.0, 3.0);
  }

  @Test
  void lazyPenalty_withAFactor_isTakenByThatOfTheStepBeforeIt() {
    Objective lazy =
        Objective.of(AdversarialLosses.wasserstein())
            .lazyPenalty(Penalties.r1(0.5), 2, Schedules.linearDecay(1, 4, 5));
    try (AdversarialTrainer trainer = still(lazy).start(data())) {
      trainer.train(2);

      assertThat(trainer.values()).containsEntry("penalty/value", 2.0);
      assertThat(trainer.counters().penaltySteps()).isEqualTo(1);
    }
  }

  @Test
  void augmentation_ofScheduledStrength_isThatStrong() {
    Objective noisy =
        Objective.of(AdversarialLosses.wasserstein())
            .augment(
                Augmentations.at(
                    Strength.scheduled(Schedules.piecewise(List.of(1L), List.of(0.0, 0.5))),
                    (ops, x) -> ops.shift(x, 8)));
    List<Double> losses = rounds(still(noisy), "loss", 60);

    // no sample is moved in the first two steps, then half of either kind
    assertThat(losses.subList(0, 2)).allSatisfy(x -> assertThat(x).isCloseTo(-.75, within(1e-6)));
    assertThat(losses.subList(2, 60)).anySatisfy(loss -> assertThat(loss).isGreaterThan(1));
    assertThat(losses.subList(2, 60).stream().mapToDouble(x -> x).average().orElseThrow())
        .isCloseTo(-.75, within(1.1)); // a deviation of 2.8 / √58
    assertThat(rounds(still(noisy), "augmentation/value", 4)).containsExactly(0.0, 0.0, 0.5, 0.5);
  }

  private static Objective adapting(Strength.Adaptive strength) {
    return Objective.of(AdversarialLosses.nonSaturating())
        .augment(Augmentations.at(strength, (ops, x) -> ops.scale(x, 1)));
  }

  @Test
  void strength_whileTheDiscriminatorIsSure_growsByImages() {
    // r is 1/2: three of four signs are plus
    Strength.Adaptive strength = Strength.adaptive().target(0.4).every(2).images(20);
    List<Double> values = rounds(still(adapting(strength)), "augmentation/value", 8);

    // after every second batch by 8 of 20 images, up to 1
    double[] expected = {0, .4, .4, .8, .8, 1, 1, 1};
    for (int i = 0; i < expected.length; i++) {
      assertThat(values.get(i)).isCloseTo(expected[i], within(1e-6));
    }
    assertThat(rounds(still(adapting(strength)), "augmentation_adaptation/r", 3))
        .containsExactly(0.0, 0.5, 0.5);
  }

  @Test
  void strength_whileTheDiscriminatorIsUnsure_staysAt0() {
    Strength.Adaptive strength = Strength.adaptive().every(1).images(20);

    assertThat(rounds(still(adapting(strength)), "augmentation/value", 3))
        .containsExactly(0.0, 0.0, 0.0);
    assertThat(rounds(still(adapting(strength)), "augmentation_adaptation/r", 1))
        .containsExactly(0.5);
  }

  @Test
  void adaptiveStrength_onScoresWithoutAZero_isWarnedOf() {
    AdversarialPair pair =
        AdversarialPair.of(line("g", 0, 0.25), line("d", 1, 0), Latent.normal(1));
    Objective comparing =
        Objective.of(AdversarialLosses.relativistic())
            .augment(Augmentations.at(Strength.adaptive(), Augmentations.instanceNoise(1)));

    assertThat(Steps.warnings(pair, comparing))
        .singleElement()
        .asString()
        .contains("with RelativisticPaired[] a score of 0 means nothing");
    assertThat(Steps.warnings(pair, adapting(Strength.adaptive()))).isEmpty();
  }

  @Test
  void equilibrium_onErrorsThatStay_hasTheNumbersOfThePaper() {
    // r = 1, f = .25: k moves by .1 (.5 · 1 - .25) each step; the measure is 1 + .25
    Objective began = Objective.of(AdversarialLosses.equilibrium(0.5, 0.1));

    List<Double> losses = rounds(still(began), "loss", 4);
    List<Double> k = rounds(still(began), "began/k", 4);
    for (int step = 0; step < 4; step++) {
      assertThat(losses.get(step)).isCloseTo(1 - .025 * step * .25, within(1e-6));
      assertThat(k.get(step)).isCloseTo(.025 * (step + 1), within(1e-6));
    }
    assertThat(rounds(still(began), "began/convergence", 1).get(0)).isCloseTo(1.25, within(1e-6));
    // and is held in [0, 1]
    Objective fast = Objective.of(AdversarialLosses.equilibrium(0.5, 10));
    assertThat(rounds(still(fast), "began/k", 2)).containsExactly(1.0, 1.0);
    assertThatThrownBy(() -> AdversarialLosses.equilibrium(0, 0.1))
        .hasMessageContaining("(0, 1]: 0.0");
    assertThatThrownBy(() -> AdversarialLosses.equilibrium(0.5, -1))
        .hasMessageContaining("above 0: -1.0");
  }

  @Test
  void averages_thatChange_followTheirSchedules() {
    WeightAverage scheduled = WeightAverage.scheduled(Schedules.linearDecay(0.5, 2, 0.9));
    assertThat(scheduled.decay(1, 0, 4)).isEqualTo(0.5);
    assertThat(scheduled.decay(3, 0, 4)).isCloseTo(0.9, within(1e-12));
    WeightAverage halfLife = WeightAverage.halfLife(Schedules.linearDecay(0, 2, 8));
    assertThat(halfLife.decay(1, 0, 4)).isEqualTo(0);
    assertThat(halfLife.decay(2, 0, 4)).isCloseTo(0.5, within(1e-12)); // 4 of 4 images
    assertThat(halfLife.decay(3, 0, 4)).isCloseTo(Math.sqrt(0.5), within(1e-12)); // 4 of 8
    assertThatThrownBy(() -> WeightAverage.scheduled(Schedules.constant(1)))
        .hasMessageContaining("[0, 1): 1.0");
  }

  @Test
  void schedule_withoutANumber_namesTheStep() {
    Objective broken =
        Objective.of(AdversarialLosses.wasserstein())
            .penalty(Penalties.r1(1), step -> step < 2 ? 1 : Double.NaN);
    try (AdversarialTrainer trainer = still(broken).start(data())) {
      trainer.train(2);
      assertThatThrownBy(() -> trainer.train(1))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("of \"penalty\" gives no finite number for step 2");
    }
  }
}
