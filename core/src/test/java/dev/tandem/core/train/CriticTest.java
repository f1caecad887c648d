package dev.tandem.core.train;

import static dev.tandem.core.train.Toys.assertClose;
import static dev.tandem.core.train.Toys.doubles;
import static dev.tandem.core.train.Toys.normal;
import static dev.tandem.core.train.Toys.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.activation.Activations;
import dev.tandem.core.engine.PlanEngine;
import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Conv2D;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Flatten;
import dev.tandem.core.layer.Padding;
import dev.tandem.core.layer.Tensors;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.loss.Losses;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Engine;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.samediff.SameDiffEngine;
import dev.tandem.core.tensor.Shape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A critic with a gradient penalty (Gulrajani et al., 2017, arXiv:1704.00028), drawn as a loss of
 * one number: a second derivative inside a step. Finite differences are for one engine; the other
 * is held against it.
 */
class CriticTest {

  private static final double STEP = 1e-5;

  private static Model denseCritic() {
    return Model.sequential(
            "critic",
            Input.of("sample", Shape.of(4), DataType.DOUBLE),
            Dense.units(6).activation(Activations.tanh()).named("c1"),
            Dense.units(5).activation(Activations.leakyRelu(0.2)).named("c2"),
            Dense.units(1).named("c3"))
        .initialize(5);
  }

  private static Model convCritic() {
    return Model.sequential(
            "critic",
            Input.of("sample", Shape.of(6, 6, 2), DataType.DOUBLE),
            Conv2D.filters(3)
                .kernel(3)
                .stride(2)
                .padding(Padding.SAME)
                .activation(Activations.leakyRelu(0.2))
                .named("c1"),
            Conv2D.filters(4).kernel(3).activation(Activations.tanh()).named("c2"),
            Flatten.of().named("c3"),
            Dense.units(1).named("c4"))
        .initialize(5);
  }

  /** Wasserstein loss and penalty, a model from (real, fake) to one number. */
  private static Model step(Model critic) {
    Shape sample = critic.graph().inputs().get(0).shape().sample();
    Input real = Input.of("real", sample, DataType.DOUBLE);
    Input fake = Input.of("fake", sample, DataType.DOUBLE);
    long[] ones = new long[sample.rank()];
    Arrays.fill(ones, 1);
    SymbolicTensor epsilon = Tensors.randomUniform(real, ones);
    SymbolicTensor mixed =
        Tensors.add(fake, Tensors.multiply(epsilon, Tensors.subtract(real, fake)));
    SymbolicTensor slope = Tensors.norm(Tensors.gradients(critic.apply(mixed), mixed), 1e-12);
    SymbolicTensor penalty = Tensors.mean(Tensors.square(Tensors.shift(slope, -1)));
    SymbolicTensor distance =
        Tensors.subtract(Tensors.mean(critic.apply(real)), Tensors.mean(critic.apply(fake)));
    return Model.of(
        "critic_step",
        List.of(real, fake),
        List.of(Tensors.subtract(Tensors.scale(penalty, 10), distance)));
  }

  private static Training recipe(Engine engine) {
    return Training.with(Adam.rate(1e-3).beta1(0).beta2(0.9))
        .loss(Losses.output())
        .engine(engine)
        .seed(4);
  }

  private static Examples examples(Model step, int seed) {
    long[] shape = step.graph().inputs().get(0).shape().withBatch(3).toArray();
    return Examples.of(
        Map.of(
            "real", normal(seed, DataType.DOUBLE, shape),
            "fake", normal(seed + 1000, DataType.DOUBLE, shape)));
  }

  /** The loss of the first step, which draws the same numbers each time. */
  private static double loss(Trainer trainer, Examples examples) {
    trainer.state().restoreSteps(0);
    return trainer.gradients(examples).loss();
  }

  private static void assertGradients(Model critic, Engine engine) {
    Model step = step(critic);
    Trainer trainer = step.compile(recipe(engine));
    Examples examples = examples(step, 1);
    assertThat(loss(trainer, examples)).isEqualTo(loss(trainer, examples));
    Map<String, Weight> weights = step.weightsByPath();
    Map<String, double[]> gradients = new LinkedHashMap<>();
    trainer.gradientArrays().forEach((path, array) -> gradients.put(path, doubles(array)));
    double worst = 0;
    for (Map.Entry<String, double[]> entry : gradients.entrySet()) {
      double[] gradient = entry.getValue();
      INDArray weight = weights.get(entry.getKey()).variable().array();
      for (int i = 0; i < gradient.length; i++) {
        double value = weight.getDouble(i);
        weight.putScalar(i, value + STEP);
        double above = loss(trainer, examples);
        weight.putScalar(i, value - STEP);
        double below = loss(trainer, examples);
        weight.putScalar(i, value);
        double difference = (above - below) / (2 * STEP);
        worst = Math.max(worst, Math.abs(gradient[i] - difference));
        assertThat(gradient[i]).as(entry.getKey() + " " + i).isCloseTo(difference, within(1e-6));
      }
    }
    System.out.printf(
        Locale.ROOT, "gradient penalty against finite differences: %.1e at most%n", worst);
  }

  @Test
  void penalty_ofADenseCritic_hasTheGradientOfFiniteDifferences() {
    assertGradients(denseCritic(), new PlanEngine());
  }

  @Test
  void penalty_ofAConvCritic_hasTheGradientOfFiniteDifferences() {
    assertGradients(convCritic(), new PlanEngine());
  }

  private static void assertEnginesAgree(Supplier<Model> critics) {
    Model ofPlan = critics.get();
    Model ofOracle = critics.get();
    Model planStep = step(ofPlan);
    Model oracleStep = step(ofOracle);
    Trainer plan = planStep.compile(recipe(new PlanEngine()));
    Trainer oracle = oracleStep.compile(recipe(new SameDiffEngine()));
    for (int i = 0; i < 5; i++) {
      double loss = plan.trainOnBatch(examples(planStep, i)).loss();
      assertThat(loss)
          .isCloseTo(oracle.trainOnBatch(examples(oracleStep, i)).loss(), within(1e-10));
    }
    assertClose(values(ofPlan), values(ofOracle), 1e-10);
    assertThat(plan.moves()).isEqualTo(ofPlan.weights());
  }

  @Test
  void denseCritic_trainedOnBothEngines_isTheSame() {
    assertEnginesAgree(CriticTest::denseCritic);
  }

  @Test
  void convCritic_trainedOnBothEngines_isTheSame() {
    assertEnginesAgree(CriticTest::convCritic);
  }
}
