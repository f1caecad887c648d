package dev.tandem.gan.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Ints;
import com.google.common.primitives.Longs;
import dev.tandem.core.activation.Activations;
import dev.tandem.core.engine.PlanEngine;
import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.ActivationLayer;
import dev.tandem.core.layer.BatchNormalization;
import dev.tandem.core.layer.Conv2D;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Flatten;
import dev.tandem.core.layer.LayerNormalization;
import dev.tandem.core.layer.Padding;
import dev.tandem.core.layer.Reshape;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.core.optimizer.Schedules;
import dev.tandem.core.optimizer.Sgd;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.train.Examples;
import dev.tandem.core.train.Trainer;
import dev.tandem.gan.conditioning.InputNames;
import dev.tandem.gan.latent.Latent;
import dev.tandem.gan.objective.Objective;
import dev.tandem.gan.objective.augment.AdaAugmentations;
import dev.tandem.gan.objective.augment.Augmentations;
import dev.tandem.gan.objective.augment.Strength;
import dev.tandem.gan.objective.loss.AdversarialLosses;
import dev.tandem.gan.objective.penalty.GeneratorTerms;
import dev.tandem.gan.objective.penalty.Penalties;
import dev.tandem.gan.objective.penalty.Penalty;
import dev.tandem.gan.pair.AdversarialPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Every penalty on every kind of net in float64: the gradient of the discriminator's whole step,
 * penalty included, against central differences along random directions.
 */
class PenaltyGradientsTest {

  private static final double STEP = 1e-5;
  private static final int DIRECTIONS = 3;

  /** A pair of nets in float64. */
  record Nets(String name, Shape sample, Model discriminator) {

    AdversarialPair pair() {
      Model generator =
          Model.sequential(
              "generator",
              Input.of("latent", Shape.of(2), DataType.DOUBLE),
              Dense.units((int) sample.length()).activation(Activations.tanh()),
              Reshape.of(Ints.toArray(Longs.asList(sample.toArray()))));
      generator.initialize(8);
      return AdversarialPair.of(generator, discriminator, Latent.normal(2));
    }
  }

  private static Nets dense() {
    return new Nets(
        "dense",
        Shape.of(4),
        Model.sequential(
            "discriminator",
            Input.of("sample", Shape.of(4), DataType.DOUBLE),
            Dense.units(6).activation(Activations.tanh()),
            Dense.units(5).activation(Activations.leakyRelu(0.2)),
            Dense.units(1)));
  }

  private static Nets conv() {
    return conv(2);
  }

  private static Nets conv(int channels) {
    return new Nets(
        "conv",
        Shape.of(6, 6, channels),
        Model.sequential(
            "discriminator",
            Input.of("sample", Shape.of(6, 6, channels), DataType.DOUBLE),
            Conv2D.filters(3)
                .kernel(3)
                .stride(2)
                .padding(Padding.SAME)
                .activation(Activations.leakyRelu(0.2)),
            Conv2D.filters(4).kernel(3).activation(Activations.tanh()),
            Flatten.of(),
            Dense.units(1)));
  }

  private static Nets normed() {
    return new Nets(
        "layer norm",
        Shape.of(4),
        Model.sequential(
            "discriminator",
            Input.of("sample", Shape.of(4), DataType.DOUBLE),
            Dense.units(6),
            LayerNormalization.of(),
            ActivationLayer.of(Activations.leakyRelu(0.2)),
            Dense.units(5).activation(Activations.tanh()),
            Dense.units(1)));
  }

  static List<Arguments> products() {
    List<Arguments> all = new ArrayList<>();
    for (Penalty penalty :
        List.of(
            Penalties.gradientPenalty(10),
            Penalties.gradientPenalty(3, 0),
            Penalties.dragan(10),
            Penalties.r1(4),
            Penalties.r2(4),
            Penalties.leCam(0.3),
            Penalties.consistency(2, Augmentations.instanceNoise(0.5)),
            Penalties.balancedConsistency(2, 3, Augmentations.instanceNoise(0.5)))) {
      all.add(Arguments.of(penalty, dense()));
      all.add(Arguments.of(penalty, conv()));
      all.add(Arguments.of(penalty, normed()));
    }
    return all;
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("products")
  void gradient_ofAStepWithAPenalty_isThatOfDifferences(Penalty penalty, Nets nets) {
    Objective objective = Objective.of(AdversarialLosses.nonSaturating()).penalty(penalty);

    assertGradient(nets, objective);
  }

  @Test
  void gradient_throughAugmentationsAndAPenalty_isThatOfDifferences() {
    Objective objective =
        Objective.of(AdversarialLosses.relativistic())
            .augment(Augmentations.brightness())
            .augment(Augmentations.saturation())
            .augment(Augmentations.contrast())
            .augment(Augmentations.translation(0.3))
            .augment(Augmentations.cutout(0.3))
            .augment(Augmentations.instanceNoise(0.1))
            .penalty(Penalties.r1(2))
            .penalty(Penalties.r2(2));

    assertGradient(conv(), objective);
  }

  @Test
  void gradient_throughVaryingAugmentationsAndAPenalty_isThatOfDifferences() {
    Strength strength = Strength.scheduled(Schedules.constant(0.7));
    Objective objective =
        Objective.of(AdversarialLosses.nonSaturating())
            .augment(
                Augmentations.at(
                    strength,
                    AdaAugmentations.blits(),
                    AdaAugmentations.geometry(),
                    AdaAugmentations.color(),
                    Augmentations.cutout(0.3)))
            .penalty(Penalties.r1(2), Schedules.constant(3))
            .penalty(Penalties.r2(2));
    assertGradient(conv(3), objective);
    assertGradient(conv(3), objective, Steps::generator);
  }

  @Test
  void gradient_ofFeatureMatching_isThatOfDifferences() {
    for (Nets nets : List.of(dense(), conv(), normed())) {
      String layer = nets.discriminator().layers().get(0).name();
      Objective objective =
          Objective.of(AdversarialLosses.nonSaturating())
              .generatorTerm(GeneratorTerms.featureMatching(2, layer));
      assertGradient(nets, objective, Steps::generator);
    }
  }

  @Test
  void gradient_ofAnEquilibrium_isThatOfDifferences() {
    assertGradient(dense(), Objective.of(AdversarialLosses.equilibrium(0.5, 0.3)));
    assertGradient(
        dense(), Objective.of(AdversarialLosses.equilibrium(0.5, 0.3)), Steps::generator);
  }

  private static void assertGradient(Nets nets, Objective objective) {
    assertGradient(nets, objective, Steps::discriminator);
  }

  private static void assertGradient(
      Nets nets, Objective objective, Function<Steps, Trainer> side) {
    AdversarialPair pair = nets.pair();
    pair.discriminator().initialize(5);
    try (Steps steps =
        Steps.compile(pair, objective, Optimizers.both(Sgd.rate(0.1)), new PlanEngine(), 4)) {
      Trainer trainer = side.apply(steps);
      Model net = trainer == steps.generator() ? pair.generator() : pair.discriminator();
      INDArray real = normal(nets.sample().prepend(3).toArray());
      Examples examples =
          trainer.model().inputs().containsKey("real")
              ? Examples.of(Map.of("real", real))
              : Examples.of(Map.of(InputNames.ROWS, Nd4j.zeros(DataType.DOUBLE, 3, 1)));
      loss(trainer, examples);
      trainer.update(); // averages of earlier steps are no longer 0
      assertThat(loss(trainer, examples)).isEqualTo(loss(trainer, examples));
      List<double[]> gradients = new ArrayList<>();
      List<INDArray> weights = new ArrayList<>();
      trainer
          .gradientArrays()
          .forEach(
              (path, array) -> {
                gradients.add(array.dup().data().asDouble());
                Weight weight = trainer.model().weight(path);
                assertThat(net.weights()).contains(weight);
                weights.add(weight.variable().array());
              });
      assertThat(weights).isNotEmpty();
      Random random = new Random(3);
      for (int i = 0; i < DIRECTIONS; i++) {
        assertDirection(trainer, examples, weights, gradients, random);
      }
    }
  }

  private static void assertDirection(
      Trainer trainer,
      Examples examples,
      List<INDArray> weights,
      List<double[]> gradients,
      Random random) {
    double expected = 0;
    List<double[]> direction = new ArrayList<>();
    for (double[] gradient : gradients) {
      double[] part = new double[gradient.length];
      for (int k = 0; k < part.length; k++) {
        part[k] = random.nextGaussian();
        expected += part[k] * gradient[k];
      }
      direction.add(part);
    }
    move(weights, direction, STEP);
    double above = loss(trainer, examples);
    move(weights, direction, -2 * STEP);
    double below = loss(trainer, examples);
    move(weights, direction, STEP);
    double difference = (above - below) / (2 * STEP);
    assertThat(difference).isCloseTo(expected, within(1e-6 * Math.max(1, Math.abs(expected))));
  }

  private static void move(List<INDArray> weights, List<double[]> direction, double step) {
    for (int i = 0; i < weights.size(); i++) {
      INDArray weight = weights.get(i);
      double[] part = direction.get(i);
      for (int k = 0; k < part.length; k++) {
        weight.putScalar(k, weight.getDouble(k) + step * part[k]);
      }
    }
  }

  /** The loss of the step with the same number, which draws the same numbers each time. */
  private static double loss(Trainer trainer, Examples examples) {
    trainer.state().restoreSteps(6);
    return trainer.gradients(examples).loss();
  }

  private static INDArray normal(long... shape) {
    INDArray array = Nd4j.createUninitialized(DataType.DOUBLE, shape, 'c');
    CounterRandom.of(77).normal(array);
    return array;
  }

  @Test
  void warnings_ofAPenaltyOnACriticWithBatchNorm_sayWhy() {
    Model critic =
        Model.sequential(
            "critic",
            Input.of("x", 4),
            Dense.units(3),
            BatchNormalization.of().named("mixer"),
            Dense.units(1));
    Model generator = Model.sequential("generator", Input.of("z", 2), Dense.units(4));
    AdversarialPair pair = AdversarialPair.of(generator, critic, Latent.normal(2));
    Objective objective = Objective.of(AdversarialLosses.wasserstein());

    assertThat(Steps.warnings(pair, objective.penalty(Penalties.gradientPenalty(10))))
        .singleElement()
        .asString()
        .contains("Model \"critic\" has batch normalization [mixer], by which each score depends");
    assertThat(Steps.warnings(pair, objective.penalty(Penalties.leCam(0.1)))).isEmpty();
    assertThat(Steps.warnings(pair, objective)).isEqualTo(ImmutableList.of());
  }
}
