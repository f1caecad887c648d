package dev.tandem.gan.train;

import static dev.tandem.gan.objective.penalty.GeneratorTerms.featureMatching;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.data.BatchPosition;
import dev.tandem.core.data.Dataset;
import dev.tandem.core.graph.Input;
import dev.tandem.core.initializer.Initializers;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.model.Model;
import dev.tandem.core.optimizer.Sgd;
import dev.tandem.core.tensor.Shape;
import dev.tandem.gan.conditioning.Cycle;
import dev.tandem.gan.conditioning.Direction;
import dev.tandem.gan.conditioning.InputNames;
import dev.tandem.gan.latent.Latent;
import dev.tandem.gan.objective.Objective;
import dev.tandem.gan.objective.augment.Augmentations;
import dev.tandem.gan.objective.augment.Strength;
import dev.tandem.gan.objective.loss.AdversarialLosses;
import dev.tandem.gan.pair.AdversarialPair;
import dev.tandem.gan.step.Optimizers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What a round does to nets that translate scalars, by hand. */
class TranslationTest {

  private static final double RATE = 0.1;

  private static Model net(String name, int inputs, double weight) {
    return Model.sequential(
        name,
        Input.of(name + "_in", Shape.of(inputs), DataType.DOUBLE),
        Dense.units(1)
            .bias(false)
            .kernelInitializer(Initializers.constant(weight))
            .named("product"));
  }

  private static AdversarialTraining training(AdversarialPair pair) {
    return AdversarialTraining.of(pair, Objective.of(AdversarialLosses.wasserstein()))
        .optimizers(Optimizers.both(Sgd.rate(RATE)))
        .batch(4);
  }

  private static INDArray all(int rows, double value) {
    return Nd4j.zeros(DataType.DOUBLE, rows, 1).addi(value);
  }

  private static Dataset domain(int rows, double value) {
    return Dataset.builder().input("x", all(rows, value)).build();
  }

  private static Dataset paired() {
    return Dataset.builder().input("one", all(8, 1)).target("three", all(8, 3)).build();
  }

  private static double weight(Model net, int index) {
    return net.weights().get(0).values().getDouble(index);
  }

  /** G: x → g x with g = .5; D: (s, x) → 2 s + 2 x; sources are 1, samples 3. */
  private static AdversarialTraining translation() {
    return training(AdversarialPair.translating(net("g", 1, 0.5), net("d", 2, 2), 0.5));
  }

  @Test
  void round_ofATranslation_movesTowardsTheSampleOfTheSource() {
    AdversarialTraining recipe = translation();
    try (AdversarialTrainer trainer = recipe.start(paired())) {
      Round round = trainer.round();

      // D: (2 + 2 g) − (2 + 2 · 3); the kernel's part of the source has no gradient
      assertThat(round.discriminatorLoss()).isCloseTo(-5, within(1e-12));
      assertThat(weight(recipe.pair().discriminator(), 0)).isCloseTo(2, within(1e-12));
      assertThat(weight(recipe.pair().discriminator(), 1)).isCloseTo(2.25, within(1e-12));
      // G: −(2 + 2.25 g) + .5 |g − 3|
      assertThat(round.generatorLoss()).isCloseTo(-3.125 + 1.25, within(1e-12));
      assertThat(weight(recipe.pair().generator(), 0)).isCloseTo(0.775, within(1e-12));
      assertThat(trainer.counters()).isEqualTo(new Counters(1, 1, 1, 0, 4));
      assertThat(trainer.translate(all(2, 4)).toDoubleVector())
          .containsExactly(new double[] {3.1, 3.1}, within(1e-12));
      assertThat(trainer.sample(3, 1).toDoubleVector())
          .containsExactly(new double[] {0.775, 0.775, 0.775}, within(1e-12));
    }
  }

  @Test
  void round_withoutADistance_needsNoSampleInTheGeneratorsStep() {
    AdversarialTraining recipe =
        training(AdversarialPair.translating(net("g", 1, 0.5), net("d", 2, 2), 0));
    try (AdversarialTrainer trainer = recipe.start(paired())) {
      assertThat(trainer.round().generatorLoss()).isCloseTo(-3.125, within(1e-12));
      assertThat(trainer.steps().generator().model().inputs().keySet())
          .containsExactly(InputNames.SOURCE);
    }
  }

  /** There: a → 2 a, back: b → .25 b; judges are u b and v a with 1 each; a is 1, b is 4. */
  private static AdversarialTraining cycle(Cycle cycle) {
    return training(
        AdversarialPair.cyclic(
            new Direction(net("forth", 1, 2), net("judge_forth", 1, 1)),
            new Direction(net("back", 1, 0.25), net("judge_back", 1, 1)),
            cycle));
  }

  @Test
  void round_ofACycle_movesAllFourNets() {
    AdversarialTraining recipe = cycle(new Cycle(1, 0.5, 3));
    try (AdversarialTrainer trainer = recipe.start(domain(8, 1), domain(12, 4))) {
      Round round = trainer.round();

      Direction forth = recipe.pair().directions().get(0);
      Direction back = recipe.pair().directions().get(1);
      // (2 u − 4 u) + (.25 · 4 v − v)
      assertThat(round.discriminatorLoss()).isCloseTo(-2, within(1e-12));
      assertThat(weight(forth.discriminator(), 0)).isCloseTo(1.2, within(1e-12));
      assertThat(weight(back.discriminator(), 0)).isCloseTo(1, within(1e-12));
      // −1.2 p − 4 q + |q p − 1| + |4 p q − 4| + .5 (|4 p − 4| + |q − 1|)
      assertThat(round.generatorLoss())
          .isCloseTo(-2.4 - 1 + 0.5 + 2 + 0.5 * (4 + 0.75), within(1e-12));
      double there = -1.2 - 0.25 - 1 + 0.5 * 4;
      double home = -4 - 2 - 8 - 0.5;
      assertThat(weight(forth.generator(), 0)).isCloseTo(2 - RATE * there, within(1e-12));
      assertThat(weight(back.generator(), 0)).isCloseTo(0.25 - RATE * home, within(1e-12));
      assertThat(trainer.counters()).isEqualTo(new Counters(1, 1, 1, 0, 8));
      assertThat(trainer.translate(all(1, 1)).getDouble(0)).isCloseTo(2.045, within(1e-12));
      assertThat(trainer.translateBack(all(1, 1)).getDouble(0)).isCloseTo(1.7, within(1e-12));
      assertThat(trainer.sample(1, 3).getDouble(0)).isCloseTo(2.045, within(1e-12));
    }
  }

  @Test
  void round_ofACycleThatMatchesFeatures_addsThoseOfBothJudges() {
    AdversarialTraining recipe = cycle(new Cycle(1, 0.5, 0));
    Objective matching = recipe.objective().generatorTerm(featureMatching(0.5, "product"));
    try (AdversarialTrainer trainer =
        recipe.objective(matching).start(domain(8, 1), domain(12, 4))) {
      // as above, and .5 ((1.2 · 4 − 1.2 · 2)² + (1 − .25 · 4)²)
      assertThat(trainer.round().generatorLoss())
          .isCloseTo(-2.4 - 1 + 0.5 + 2 + 0.5 * (4 + 0.75) + 0.5 * 2.4 * 2.4, within(1e-12));
    }
  }

  @Test
  void objective_thatKnowsOneDiscriminatorOnly_isRefusedForACycle() {
    AdversarialTraining recipe = cycle(new Cycle(1, 0.5, 0));
    Objective adaptive =
        Objective.of(AdversarialLosses.leastSquares())
            .augment(Augmentations.at(Strength.adaptive(), Augmentations.instanceNoise(1)));
    assertThatThrownBy(() -> recipe.objective(adaptive).start(domain(8, 1), domain(12, 4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a cycle has two; take Strength.scheduled");
    Objective together = recipe.objective().judgingTogether();
    assertThatThrownBy(() -> recipe.objective(together).start(domain(8, 1), domain(12, 4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("leave judgingTogether out");
  }

  @Test
  void average_ofACycle_followsBothGenerators() {
    AdversarialTraining recipe = cycle(new Cycle(1, 0.5, 0)).average(WeightAverage.decay(0.5));
    try (AdversarialTrainer trainer = recipe.start(domain(8, 1), domain(12, 4))) {
      trainer.round();

      assertThat(trainer.translate(all(1, 1)).getDouble(0)).isCloseTo(2.0225, within(1e-12));
      assertThat(trainer.translateBack(all(1, 1)).getDouble(0)).isCloseTo(0.975, within(1e-12));
      assertThat(recipe.pair().parts(trainer.generator())).hasSize(2);
    }
  }

  @Test
  void batches_ofTwoDomains_haveOrdersOfTheirOwnAndGoOnFromAnyPlace() {
    AdversarialTraining recipe = cycle(new Cycle(1, 0, 0)).seed(0);
    Dataset first = numbered(9);
    Dataset second = numbered(14);
    try (AdversarialTrainer trainer = recipe.start(first, second)) {
      RealData data = RealData.of(recipe.pair(), ImmutableList.of(first, second));
      RealBatches batches = new RealBatches(recipe, data, BatchPosition.START);
      List<String> seen = new ArrayList<>();
      List<Double> epoch = new ArrayList<>();
      BatchPosition middle = null;
      for (int i = 0; i < 12; i++) {
        middle = i == 5 ? batches.position() : middle;
        batches.next(0);
        var inputs = batches.examples(trainer.steps().discriminator(), 0).inputs();
        seen.add(inputs.get("real") + " " + inputs.get("real_1"));
        if (i < 3) { // 14 rows are 3 batches of 4
          for (double value : inputs.get("real_1").toDoubleVector()) {
            epoch.add(value);
          }
        }
      }
      batches.moveTo(middle);
      for (int i = 5; i < 12; i++) {
        batches.next(0);
        var inputs = batches.examples(trainer.steps().discriminator(), 0).inputs();
        assertThat(inputs.get("real") + " " + inputs.get("real_1")).isEqualTo(seen.get(i));
      }
      assertThat(epoch)
          .hasSize(12)
          .doesNotHaveDuplicates()
          .isNotEqualTo(epoch.stream().sorted().toList());
      assertThat(seen).doesNotHaveDuplicates();
      batches.close();
    }
  }

  private static Dataset numbered(int rows) {
    return Dataset.builder()
        .input("x", Nd4j.arange(rows).castTo(DataType.DOUBLE).reshape(rows, 1))
        .build();
  }

  @Test
  void data_thatDoesNotFit_isRefused() {
    AdversarialTraining translation = translation();
    AdversarialTraining cycle = cycle(new Cycle(1, 0.5, 3));
    Dataset wide = Dataset.builder().input("x", Nd4j.ones(DataType.DOUBLE, 8, 2)).build();

    assertThatThrownBy(() -> translation.start(domain(8, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the data set has 0 targets like the samples of Model \"g\", float64 (batch, 1); it"
                + " has []; add sources as an input and their samples as a target, one of each");
    assertThatThrownBy(() -> translation.start(wide))
        .hasMessageContaining("has 0 inputs like the sources of Model \"g\", float64 (batch, 1)")
        .hasMessageContaining("it has [\"x\" float64 (batch, 2)]");
    assertThatThrownBy(() -> translation.start(domain(8, 1), domain(8, 1)))
        .hasMessageContaining("learns from 1 data sets, got 2; call start(data)");
    assertThatThrownBy(() -> cycle.start(domain(8, 1)))
        .hasMessageContaining("a pair with Cycle[cycle=1.0, identity=0.5, pool=3] learns from 2")
        .hasMessageEndingWith("got 1; call start(first, second), one of each domain");
    assertThatThrownBy(() -> cycle.start(domain(8, 1), wide))
        .hasMessageContaining("has 0 inputs like what Model \"back\" translates, float64");
    assertThatThrownBy(() -> cycle.start(domain(8, 1), domain(3, 4)))
        .hasMessageContaining("batch size 4 is greater than the 3 rows of the data set");
  }

  @Test
  void translate_withoutAWay_isRefused() {
    AdversarialTraining latent =
        training(AdversarialPair.of(net("g", 1, 1), net("d", 1, 1), Latent.normal(1)));
    try (AdversarialTrainer trainer = latent.start(domain(8, 1))) {
      assertThatThrownBy(() -> trainer.translate(all(1, 1)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "Model \"g\" starts from a latent, not from samples; call sample(count, seed)");
    }
    try (AdversarialTrainer trainer = translation().start(paired())) {
      assertThatThrownBy(() -> trainer.translateBack(all(1, 1)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("has no way back; build the pair by AdversarialPair.cyclic");
      assertThatThrownBy(() -> trainer.sample(0, 1))
          .hasMessage("number of samples is not at least 1: 0");
    }
  }
}
