package dev.tandem.core.train;

import static dev.tandem.core.train.Toys.assertClose;
import static dev.tandem.core.train.Toys.normal;
import static dev.tandem.core.train.Toys.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.activation.Activations;
import dev.tandem.core.engine.PlanEngine;
import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.BatchNormalization;
import dev.tandem.core.layer.Conv2D;
import dev.tandem.core.layer.Conv2DTranspose;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Dropout;
import dev.tandem.core.layer.Flatten;
import dev.tandem.core.layer.Padding;
import dev.tandem.core.layer.Reshape;
import dev.tandem.core.loss.Losses;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Engine;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.optimizer.Optimizer;
import dev.tandem.core.samediff.SameDiffEngine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Both engines make the same of a few steps, and each the same bits again. */
class EnginesAgreeTest {

  private static final int STEPS = 5;
  private static final Optimizer ADAM = Adam.rate(1e-2);

  /** What a run leaves behind. */
  private record Run(List<Double> losses, Map<String, double[]> weights) {}

  /** Something that can be trained for some steps, with a second half from a resumed trainer. */
  private interface Case {
    Run run(Engine engine, int resumeAt);
  }

  private static Run steps(Model model, Engine engine, int resumeAt, long... input) {
    Training recipe = Training.with(ADAM).loss(Losses.meanSquaredError()).engine(engine).seed(11);
    Trainer trainer = model.compile(recipe);
    long[] output = model.output().shape().withBatch(input[0]).toArray();
    List<Double> losses = new ArrayList<>();
    for (int i = 0; i < STEPS; i++) {
      if (i == resumeAt) {
        trainer = resumed(trainer, model.compile(recipe));
      }
      losses.add(trainer.trainOnBatch(normal(i, input), normal(i + 50, output)).loss());
    }
    trainer.close();
    return new Run(losses, values(model));
  }

  private static Trainer resumed(Trainer before, Trainer anew) {
    anew.state().restoreSteps(before.state().steps());
    before
        .state()
        .slots()
        .forEach((path, slot) -> anew.state().slots().get(path).set(slot.array()));
    before.close();
    return anew;
  }

  private static Run mlp(Engine engine, int resumeAt) {
    return steps(Toys.mlp(DataType.FLOAT), engine, resumeAt, 8, 3);
  }

  private static Run convNet(Engine engine, int resumeAt) {
    return steps(Toys.convNet(), engine, resumeAt, 8, 6, 6, 2);
  }

  /** A discriminator with batch norm and dropout, and the two models that train it and fool it. */
  private static Run gan(Engine engine, int resumeAt) {
    Input noise = Input.of("noise", 5);
    Model generator =
        Model.sequential(
            "generator",
            noise,
            Dense.units(3 * 3 * 4).named("g1"),
            Reshape.of(3, 3, 4).named("g2"),
            BatchNormalization.of().momentum(0.9).named("g3"),
            Conv2DTranspose.filters(2)
                .kernel(4)
                .stride(2)
                .padding(Padding.SAME)
                .activation(Activations.tanh())
                .named("g4"));
    Model discriminator =
        Model.sequential(
            "discriminator",
            Input.of("image", 6, 6, 2),
            Conv2D.filters(4)
                .kernel(3)
                .stride(2)
                .padding(Padding.SAME)
                .activation(Activations.leakyRelu(0.2))
                .named("d1"),
            BatchNormalization.of().momentum(0.9).named("d2"),
            Dropout.rate(0.3).named("d3"),
            Flatten.of().named("d4"),
            Dense.units(1).named("d5"));
    Model gan = Model.of("gan", noise, discriminator.apply(generator.apply(noise))).initialize(3);
    Training recipe =
        Training.with(ADAM).loss(Losses.binaryCrossentropy().fromLogits()).engine(engine).seed(11);
    Trainer d = discriminator.compile(recipe);
    Trainer g = gan.compile(recipe.only(generator));
    INDArray ones = Nd4j.ones(DataType.FLOAT, 6, 1);
    INDArray zeros = Nd4j.zeros(DataType.FLOAT, 6, 1);
    List<Double> losses = new ArrayList<>();
    for (int i = 0; i < STEPS; i++) {
      if (i == resumeAt) {
        d = resumed(d, discriminator.compile(recipe));
        g = resumed(g, gan.compile(recipe.only(generator)));
      }
      INDArray fake;
      try (Predictor predictor = Predictor.of(generator, engine)) {
        fake = predictor.predict(normal(i, 6, 5));
      }
      losses.add(d.trainOnBatch(normal(i + 20, 6, 6, 6, 2), ones).loss());
      losses.add(d.trainOnBatch(fake, zeros).loss());
      losses.add(g.trainOnBatch(normal(i + 40, 6, 5), ones).loss());
    }
    d.close();
    g.close();
    return new Run(losses, values(gan));
  }

  private static void assertAgree(Case net) {
    Run plan = net.run(new PlanEngine(), -1);
    Run oracle = net.run(new SameDiffEngine(), -1);
    for (int i = 0; i < plan.losses().size(); i++) {
      assertThat(plan.losses().get(i)).isCloseTo(oracle.losses().get(i), within(1e-4));
    }
    assertClose(plan.weights(), oracle.weights(), 2e-4);
  }

  private static void assertReplays(Case net, Engine engine) {
    Run first = net.run(engine, -1);
    assertSame(net.run(engine, -1), first);
    assertSame(net.run(engine, 2), first);
  }

  private static void assertSame(Run actual, Run expected) {
    assertThat(actual.losses()).isEqualTo(expected.losses());
    assertClose(actual.weights(), expected.weights(), 0);
  }

  @Test
  void mlp_onBothEngines_isTheSame() {
    assertAgree(EnginesAgreeTest::mlp);
  }

  @Test
  void convNetWithBatchNormAndDropout_onBothEngines_isTheSame() {
    assertAgree(EnginesAgreeTest::convNet);
  }

  @Test
  void ganOfTwoModels_onBothEngines_isTheSame() {
    assertAgree(EnginesAgreeTest::gan);
  }

  @OnBothEngines
  void run_ofTheSameSeed_givesTheSameBitsAlsoWhenResumed(Engine engine) {
    Map<String, Case> nets = new LinkedHashMap<>();
    nets.put("mlp", EnginesAgreeTest::mlp);
    nets.put("conv net", EnginesAgreeTest::convNet);
    nets.put("gan", EnginesAgreeTest::gan);
    nets.values().forEach(net -> assertReplays(net, engine));
  }

  @OnBothEngines
  void run_ofAnotherSeed_dropsOtherElements(Engine engine) {
    Training recipe = Training.with(ADAM).loss(Losses.meanSquaredError()).engine(engine);
    INDArray images = normal(1, 8, 6, 6, 2);
    INDArray targets = normal(2, 8, 3);
    double first = Toys.convNet().compile(recipe.seed(1)).trainOnBatch(images, targets).loss();
    double other = Toys.convNet().compile(recipe.seed(2)).trainOnBatch(images, targets).loss();
    assertThat(other).isNotEqualTo(first);
  }
}
