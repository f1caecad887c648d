package dev.tandem.gan.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.activation.Activations;
import dev.tandem.core.data.Dataset;
import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.train.Predictor;
import dev.tandem.gan.latent.Latent;
import dev.tandem.gan.net.ClassInputs;
import dev.tandem.gan.objective.Objective;
import dev.tandem.gan.objective.loss.AdversarialLosses;
import dev.tandem.gan.objective.penalty.Penalties;
import dev.tandem.gan.pair.AdversarialPair;
import dev.tandem.gan.step.Optimizers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Pairs with classes: told, told back, and found. */
class ConditioningTest {

  private static final int CLASSES = 3;
  private static final double[][] CENTERS = {{2, 0}, {-1, 1.7}, {-1, -1.7}};

  /** Three clusters, the class of a point being its cluster. */
  private static Dataset clusters() {
    int count = 600;
    float[][] points = new float[count][2];
    int[] labels = new int[count];
    CounterRandom random = CounterRandom.of(4);
    for (int i = 0; i < count; i++) {
      labels[i] = i % CLASSES;
      for (int k = 0; k < 2; k++) {
        points[i][k] = (float) (CENTERS[labels[i]][k] + 0.2 * random.normal(2L * i + k));
      }
    }
    return Dataset.builder()
        .input("point", Nd4j.createFromArray(points))
        .target("label", Nd4j.createFromArray(labels))
        .build();
  }

  private static SymbolicTensor hidden(String name, SymbolicTensor x) {
    return Dense.units(32).activation(Activations.leakyRelu(0.2)).named(name).apply(x);
  }

  private static Model generator() {
    Input noise = Input.of("noise", 2);
    Input label = ClassInputs.label("label");
    SymbolicTensor x = hidden("g0", ClassInputs.concatenate(noise, label, CLASSES));
    return Model.of(
        "generator",
        List.of(noise, label),
        List.of(Dense.units(2).named("g_point").apply(hidden("g1", x))));
  }

  private static Model projection() {
    Input point = Input.of("point", 2);
    Input label = ClassInputs.label("label");
    SymbolicTensor x = hidden("d1", hidden("d0", point));
    return Model.of(
        "discriminator",
        List.of(point, label),
        List.of(ClassInputs.projection(x, label, CLASSES, "d")));
  }

  private static Model concatenating() {
    Input point = Input.of("point", 2);
    Input label = ClassInputs.label("label");
    SymbolicTensor x = hidden("d0", ClassInputs.concatenate(point, label, CLASSES));
    return Model.of(
        "discriminator",
        List.of(point, label),
        List.of(Dense.units(1).named("d_score").apply(hidden("d1", x))));
  }

  private static Model auxiliary() {
    Input point = Input.of("point", 2);
    SymbolicTensor x = hidden("d1", hidden("d0", point));
    return Model.of(
        "discriminator",
        List.of(point),
        List.of(
            Dense.units(1).named("d_score").apply(x),
            Dense.units(CLASSES).named("d_class").apply(x)));
  }

  private static AdversarialTraining training(AdversarialPair pair) {
    return AdversarialTraining.of(
            pair, Objective.of(AdversarialLosses.nonSaturating()).penalty(Penalties.r1(0.1)))
        .initializing()
        .optimizers(Optimizers.both(Adam.rate(2e-3).beta1(0.5)))
        .average(WeightAverage.rampedDecay(0.99))
        .batch(60)
        .seed(3);
  }

  /** How many of some samples are nearest to the center of their class. */
  private static double shareAtTheirClass(AdversarialTrainer trainer) {
    int count = 300;
    INDArray samples = trainer.sample(count, 5);
    int hits = 0;
    for (int i = 0; i < count; i++) {
      hits += nearest(samples.getDouble(i, 0), samples.getDouble(i, 1)) == i % CLASSES ? 1 : 0;
    }
    return (double) hits / count;
  }

  private static int nearest(double x, double y) {
    int best = 0;
    for (int k = 1; k < CLASSES; k++) {
      if (Math.hypot(x - CENTERS[k][0], y - CENTERS[k][1])
          < Math.hypot(x - CENTERS[best][0], y - CENTERS[best][1])) {
        best = k;
      }
    }
    return best;
  }

  private static void assertClassesAreMet(AdversarialPair pair) {
    try (AdversarialTrainer trainer = training(pair).start(clusters())) {
      trainer.train(600);

      assertThat(shareAtTheirClass(trainer)).isGreaterThan(0.9);
      INDArray ones = trainer.sample(Nd4j.createFromArray(1, 1, 1, 1), 2);
      for (int i = 0; i < 4; i++) {
        assertThat(nearest(ones.getDouble(i, 0), ones.getDouble(i, 1))).isEqualTo(1);
      }
    }
  }

  @Test
  void projection_bringsEachClassToItsPlace() {
    assertClassesAreMet(
        AdversarialPair.conditional(generator(), projection(), Latent.normal(2), CLASSES));
  }

  @Test
  void concatenation_bringsEachClassToItsPlace() {
    assertClassesAreMet(
        AdversarialPair.conditional(generator(), concatenating(), Latent.normal(2), CLASSES));
  }

  @Test
  void auxiliaryClasses_bringEachClassToItsPlace() {
    assertClassesAreMet(
        AdversarialPair.auxiliary(generator(), auxiliary(), Latent.normal(2), CLASSES));
  }

  @Test
  void codes_canBeReadFromTheSamples() {
    Model generator = generator();
    Model discriminator = auxiliary();
    AdversarialPair pair =
        AdversarialPair.coded(generator, discriminator, Latent.normal(2), CLASSES);
    Dataset unlabelled = Dataset.builder().input("point", clusters().input("point")).build();
    try (AdversarialTrainer trainer = training(pair).start(unlabelled);
        Predictor told = Predictor.of(discriminator)) {
      trainer.train(600);
      INDArray samples = trainer.sample(300, 5);
      Map<String, INDArray> outputs = told.predict(Map.of("point", samples));
      INDArray codes = outputs.get("d_class").argMax(1);
      int hits = 0;
      for (int i = 0; i < 300; i++) {
        hits += codes.getInt(i) == i % CLASSES ? 1 : 0;
      }
      assertThat(hits).isGreaterThan(270);
    }
  }

  @Test
  void lossOfIndifference_isTheSumOfItsParts() {
    for (boolean labelled : new boolean[] {true, false}) {
      Model generator = generator();
      Model zero = auxiliary();
      zero.weights().forEach(weight -> weight.set(weight.values().muli(0)));
      AdversarialPair pair =
          labelled
              ? AdversarialPair.auxiliary(generator, zero, Latent.normal(2), CLASSES)
              : AdversarialPair.coded(generator, zero, Latent.normal(2), CLASSES);
      AdversarialTraining recipe =
          AdversarialTraining.of(pair, Objective.of(AdversarialLosses.nonSaturating()))
              .optimizers(Optimizers.both(Adam.rate(1e-12)));
      try (AdversarialTrainer trainer = recipe.start(clusters())) {
        Round round = trainer.round();

        double perClass = Math.log(CLASSES);
        assertThat(round.discriminatorLoss())
            .isCloseTo(2 * Math.log(2) + (labelled ? 2 : 1) * perClass, within(1e-5));
        assertThat(round.generatorLoss()).isCloseTo(Math.log(2) + perClass, within(1e-5));
      }
    }
  }

  @Test
  void concatenate_ofImages_setsTheClassAtEveryPlace() {
    Input image = Input.of("image", Shape.of(2, 1, 1), DataType.FLOAT);
    Input label = ClassInputs.label("label");
    Model model =
        Model.of("model", List.of(image, label), List.of(ClassInputs.concatenate(image, label, 2)));
    try (Predictor predictor = Predictor.of(model)) {
      INDArray result =
          predictor
              .predict(
                  Map.of(
                      "image", Nd4j.createFromArray(new float[] {5, 6}).reshape(1, 2, 1, 1),
                      "label", Nd4j.createFromArray(new int[] {1})))
              .values()
              .iterator()
              .next();

      assertThat(result.reshape(6).toDoubleVector()).containsExactly(5, 0, 1, 6, 0, 1);
    }
  }

  @Test
  void projection_isTheScorePlusTheClassesDirection() {
    Input x = Input.of("x", 2);
    Input label = ClassInputs.label("label");
    Model model =
        Model.of("model", List.of(x, label), List.of(ClassInputs.projection(x, label, 2, "p")));
    model.weight("p_score/kernel").set(Nd4j.createFromArray(new float[][] {{1}, {10}}));
    model
        .weight("p_classes/embeddings")
        .set(Nd4j.createFromArray(new float[][] {{0, 0}, {100, 1000}}));
    try (Predictor predictor = Predictor.of(model)) {
      INDArray result =
          predictor
              .predict(
                  Map.of(
                      "x", Nd4j.createFromArray(new float[][] {{1, 2}, {1, 2}}),
                      "label", Nd4j.createFromArray(new int[] {0, 1})))
              .values()
              .iterator()
              .next();

      assertThat(result.shape()).containsExactly(2, 1);
      assertThat(result.reshape(2).toDoubleVector()).containsExactly(21, 2121);
    }
  }

  @Test
  void pair_withoutTheOutputsItNeeds_isRefused() {
    assertThatThrownBy(
            () ->
                AdversarialPair.auxiliary(
                    generator(),
                    Model.sequential("d", Input.of("x", 2), Dense.units(1)),
                    Latent.normal(2),
                    CLASSES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("it gives two: a score and class logits");
    assertThatThrownBy(
            () -> AdversarialPair.auxiliary(generator(), auxiliary(), Latent.normal(2), 5))
        .hasMessageContaining("not logits (batch, 5)");
  }
}
