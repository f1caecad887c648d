package dev.tandem.gan.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tandem.core.data.Dataset;
import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Engine;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.train.Predictor;
import dev.tandem.gan.latent.Latent;
import dev.tandem.gan.net.ClassInputs;
import dev.tandem.gan.net.ResNetGan;
import dev.tandem.gan.objective.Objective;
import dev.tandem.gan.objective.loss.AdversarialLosses;
import dev.tandem.gan.pair.AdversarialPair;
import dev.tandem.gan.preset.Presets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Labels of classes that a pair has not are refused where they come in. */
class LabelsTest {

  private static final int[] BESIDE = {10, 99, -1, 1_000_000, Integer.MIN_VALUE};

  private static AdversarialPair pair() {
    Input z = Input.of("z", 2);
    Input label = ClassInputs.label("label");
    Input x = Input.of("x", 2);
    Model generator =
        Model.of(
            "g",
            List.of(z, label),
            List.of(Dense.units(2).apply(ClassInputs.concatenate(z, label, 10))));
    Model critic =
        Model.of("d", List.of(x, label), List.of(ClassInputs.projection(x, label, 10, "p")));
    return AdversarialPair.conditional(generator, critic, Latent.normal(2), 10);
  }

  private static AdversarialTraining recipe(Engine engine) {
    return AdversarialTraining.of(pair(), Objective.of(AdversarialLosses.hinge()))
        .initializing()
        .engine(engine)
        .batch(5);
  }

  private static Dataset data(INDArray labels) {
    return Dataset.builder()
        .input("x", Nd4j.ones(DataType.FLOAT, labels.size(0), 2))
        .target("digit", labels)
        .build();
  }

  private static INDArray range(int from, int to) {
    return Nd4j.createFromArray(IntStream.range(from, to).toArray());
  }

  @ParameterizedTest
  @MethodSource("dev.tandem.gan.EveryEngine#all")
  void labelsOfData_besideTheClasses_areRefusedAtTheStart(Engine engine) {
    String has = ", and the pair of Model \"g\" and Model \"d\" has 10 classes, [0, 10); ";
    for (int bad : BESIDE) {
      INDArray labels = range(0, 10);
      labels.putScalar(7, bad);
      for (DataType dtype : new DataType[] {DataType.INT32, DataType.INT64}) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> recipe(engine).start(data(labels.castTo(dtype))))
            .withMessage(
                "target \"digit\" of the data set holds "
                    + bad
                    + " at (7,)"
                    + has
                    + "correct it, or build the nets for more classes");
      }
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> recipe(engine).start(data(range(1, 11))))
        .withMessage(
            "target \"digit\" of the data set holds 10 at (9,)"
                + has
                + "classes are counted from 0: subtract 1");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> recipe(engine).start(data(Nd4j.createFromArray(0, (1L << 32) + 1, 2, 3, 4))))
        .withMessageStartingWith("target \"digit\" of the data set holds 4294967297 at (1,)");
  }

  @ParameterizedTest
  @MethodSource("dev.tandem.gan.EveryEngine#all")
  void labelsOfAnyIntegers_trainAsInt32Does(Engine engine) {
    INDArray labels = range(0, 10);
    double[] losses = new double[3];
    DataType[] types = {DataType.INT32, DataType.INT64, DataType.UINT8};
    for (int i = 0; i < types.length; i++) {
      try (AdversarialTrainer trainer =
          recipe(engine).seed(1).start(data(labels.castTo(types[i])))) {
        trainer.train(2);
        losses[i] = trainer.round().discriminatorLoss();
      }
    }
    assertThat(losses[1]).isEqualTo(losses[0]);
    assertThat(losses[2]).isEqualTo(losses[0]);
  }

  @ParameterizedTest
  @MethodSource("dev.tandem.gan.EveryEngine#all")
  void labelsToSample_besideTheClasses_areRefused(Engine engine) {
    try (AdversarialTrainer trainer = recipe(engine).start(data(range(0, 10)))) {
      for (int bad : BESIDE) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> trainer.sample(Nd4j.createFromArray(0, 9, bad), 1))
            .withMessage(
                "array of labels holds "
                    + bad
                    + " at (2,), and the pair of Model \"g\" and Model \"d\" has 10 classes, [0,"
                    + " 10); correct it, or build the nets for more classes");
      }
      INDArray right = trainer.sample(Nd4j.createFromArray(0, 9), 1);
      assertThat(trainer.sample(Nd4j.createFromArray(0L, 9L), 1)).isEqualTo(right);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> trainer.sample(Nd4j.createFromArray(0f, 9f), 1))
          .withMessage("Model \"g\" takes labels as int32 (count), got float32 (2,)");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> trainer.sample(Nd4j.createFromArray(0, 9).reshape(2, 1), 1))
          .withMessage("Model \"g\" takes labels as int32 (count), got int32 (2, 1)");
    }
  }

  @Test
  void preset_ofTenClasses_refusesThirtyTwo() {
    Dataset data =
        Dataset.builder()
            .input("x", Nd4j.zeros(DataType.FLOAT, 32, 32, 32, 3))
            .target("label", range(0, 32))
            .build();
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Presets.named("cgan").forSamples(Shape.of(32, 32, 3)).batch(8).seed(1).start(data))
        .withMessageStartingWith("target \"label\" of the data set holds 10 at (10,), and the pair")
        .withMessageContaining("has 10 classes, [0, 10)");
  }

  @ParameterizedTest
  @MethodSource("dev.tandem.gan.EveryEngine#all")
  void generator_inAPredictor_refusesClassesThatItHasNot(Engine engine) {
    Model generator = ResNetGan.sngan(32, 3).filters(8).classes(10).generator("g").initialize(1);
    List<String> names = generator.inputs().keySet().asList();
    INDArray latent =
        Nd4j.ones(DataType.FLOAT, 2, generator.inputs().get(names.get(0)).shape().size(1));
    try (Predictor predictor = Predictor.of(generator, engine)) {
      for (int bad : BESIDE) {
        Map<String, INDArray> inputs =
            Map.of(names.get(0), latent, names.get(1), Nd4j.createFromArray(3, bad));
        assertThatIllegalArgumentException()
            .isThrownBy(() -> predictor.predict(inputs))
            .withMessageStartingWith(
                "Model \"g\": input \"" + names.get(1) + "\" holds " + bad + " at (1,), and \"")
            .withMessageContaining("looks up 10 rows, [0, 10)");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dev.tandem.gan.EveryEngine#all")
  void netsOfFewerClassesThanThePair_areNamedBeforeAStep(Engine engine) {
    AdversarialPair three = pair();
    AdversarialPair wider =
        AdversarialPair.conditional(three.generator(), three.discriminator(), Latent.normal(2), 12);
    AdversarialTraining recipe =
        AdversarialTraining.of(wider, Objective.of(AdversarialLosses.hinge()))
            .initializing()
            .engine(engine)
            .batch(5);
    INDArray labels = Nd4j.createFromArray(11, 11, 11, 11, 11);
    try (AdversarialTrainer trainer = recipe.start(data(labels))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> trainer.train(1))
          .withMessageStartingWith(
              "Model \"discriminator_step\": input \"label\" holds 11 at (0,)");
      assertThat(trainer.counters().discriminatorSteps()).isZero();
    }
  }
}
