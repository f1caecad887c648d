package dev.tandem.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.activation.Activations;
import dev.tandem.core.data.Dataset;
import dev.tandem.core.engine.PlanEngine;
import dev.tandem.core.graph.Input;
import dev.tandem.core.io.Checkpoint;
import dev.tandem.core.io.RunState;
import dev.tandem.core.layer.BatchNormalization;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.SameDiffLayer;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.loss.Losses;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Engine;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.train.Examples;
import dev.tandem.core.train.Fit;
import dev.tandem.core.train.History;
import dev.tandem.core.train.NonFiniteException;
import dev.tandem.core.train.Predictor;
import dev.tandem.core.train.Trainer;
import dev.tandem.core.train.Training;
import dev.tandem.cuda.device.HostDevice;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Trainers and predictors on a card do what they do on the host. */
class TrainersOnCardTest {

  private final HostDevice device = Cards.host();
  private final Engine card = new CudaEngine(device);
  private final Engine host = new PlanEngine();
  private final INDArray inputs = normal(1, 12, 3);
  private final INDArray targets = normal(2, 12, 2);
  private final Dataset data = Dataset.builder().input("x", inputs).target("y", targets).build();

  private static INDArray normal(long seed, long... shape) {
    INDArray array = Nd4j.zeros(DataType.FLOAT, shape);
    CounterRandom.of(seed).normal(array);
    return array;
  }

  @AfterEach
  void card_whenAllIsClosed_holdsNothing() {
    assertThat(device.allocations()).isZero();
  }

  private static Model net() {
    return Model.sequential(
        "net",
        Input.of("x", 3),
        Dense.units(4).activation(Activations.tanh()).named("a"),
        BatchNormalization.of().named("norm"),
        Dense.units(2).named("b"));
  }

  private static Training recipe(Engine engine) {
    return Training.with(Adam.rate(0.01)).loss(Losses.meanSquaredError()).engine(engine).seed(7);
  }

  private static void assertClose(INDArray actual, INDArray expected) {
    assertThat(actual.shape()).isEqualTo(expected.shape());
    double[] a = actual.dup('c').data().asDouble();
    double[] b = expected.dup('c').data().asDouble();
    assertThat(a).containsExactly(b, within(1e-4));
  }

  private static void assertSameWeights(Model actual, Model expected) {
    for (int i = 0; i < expected.weights().size(); i++) {
      Weight weight = expected.weights().get(i);
      assertClose(actual.weights().get(i).values(), weight.values());
    }
  }

  @Test
  void fit_evaluateAndPredict_areThoseOfTheHost() {
    List<Object> results = new ArrayList<>();
    List<Model> models = List.of(net(), net());
    List<INDArray> predicted = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      try (Trainer trainer = models.get(i).compile(recipe(i == 0 ? card : host))) {
        History history = trainer.fit(data, Fit.epochs(3).batchSize(5).seed(1));
        results.add(history.last("loss"));
        results.add(trainer.evaluate(data, 5).get("loss"));
        for (long size = 1; size <= 3; size++) {
          predicted.add(trainer.predict(inputs.get(NDArrayIndex.interval(0, size))));
        }
      }
    }
    assertThat((double) results.get(0)).isCloseTo((double) results.get(2), within(1e-4));
    assertThat((double) results.get(1)).isCloseTo((double) results.get(3), within(1e-4));
    for (int i = 0; i < 3; i++) {
      assertClose(predicted.get(i), predicted.get(3 + i));
    }
    assertSameWeights(models.get(0), models.get(1));
  }

  @Test
  void halves_accumulatedAndChangedBetween_areThoseOfTheHost() {
    List<Model> models = List.of(net(), net());
    for (int i = 0; i < 2; i++) {
      try (Trainer trainer = models.get(i).compile(recipe(i == 0 ? card : host))) {
        for (int step = 0; step < 2; step++) {
          trainer.gradients(Examples.of(normal(3, 4, 3), normal(4, 4, 2)));
          trainer.gradients(Examples.of(normal(5, 2, 3), normal(6, 2, 2)));
          trainer.gradientArrays().values().forEach(gradient -> gradient.muli(0.5));
          trainer.update();
        }
        trainer.gradients(Examples.of(inputs, targets));
        trainer.gradientArrays().values().forEach(gradient -> gradient.putScalar(0, Double.NaN));
        assertThatThrownBy(trainer::update)
            .isInstanceOf(NonFiniteException.class)
            .hasMessageContaining("look at what changes gradientArrays()");
        assertThat(trainer.steps()).isEqualTo(2);
      }
    }
    assertSameWeights(models.get(0), models.get(1));
  }

  @Test
  void trainers_ofCardAndHost_takeTurnsOverSharedWeights() {
    List<Model> trunks = new ArrayList<>();
    for (boolean mixed : new boolean[] {true, false}) {
      Input x = Input.of("x", 3);
      Layer trunk = Dense.units(4).activation(Activations.tanh()).named("trunk");
      Layer norm = BatchNormalization.of().named("norm");
      var shared = norm.apply(trunk.apply(x));
      Model first = Model.of("first", x, Dense.units(2).named("one").apply(shared));
      Model second = Model.of("second", x, Dense.units(2).named("two").apply(shared));
      try (Trainer one = first.compile(recipe(mixed ? card : host));
          Trainer two = second.compile(recipe(host));
          Predictor predictor = Predictor.of(first, mixed ? card : host)) {
        for (int i = 0; i < 3; i++) {
          one.trainOnBatch(inputs, targets);
          two.trainOnBatch(inputs, targets);
          assertClose(predictor.predict(inputs), one.predict(inputs));
        }
      }
      trunks.add(first);
      trunks.add(second);
    }
    assertSameWeights(trunks.get(0), trunks.get(2));
    assertSameWeights(trunks.get(1), trunks.get(3));
  }

  @Test
  void checkpoint_inTheMiddle_goesOnAsIfNothingHadBeen(@TempDir Path directory) {
    Model through = net();
    Model again = net();
    try (Trainer trainer = through.compile(recipe(card));
        Trainer other = again.compile(recipe(card))) {
      other.trainOnBatch(normal(9, 12, 3), targets);
      trainer.trainOnBatch(inputs, targets);
      trainer.trainOnBatch(inputs, targets);
      Checkpoint.of(trainer).save(directory.resolve("run"), RunState.empty());
      trainer.trainOnBatch(inputs, targets);
      Checkpoint.of(other).restore(directory.resolve("run"));
      other.trainOnBatch(inputs, targets);
      assertThat(other.steps()).isEqualTo(3);
      assertThat(other.predict(inputs)).isEqualTo(trainer.predict(inputs));
    }
    for (int i = 0; i < through.weights().size(); i++) {
      assertThat(again.weights().get(i).values()).isEqualTo(through.weights().get(i).values());
    }
  }

  @Test
  void recompile_onTheCard_keepsSlotsOfWhatStillMoves() {
    List<Model> models = List.of(net(), net());
    for (int i = 0; i < 2; i++) {
      Trainer trainer = models.get(i).compile(recipe(i == 0 ? card : host));
      trainer.trainOnBatch(inputs, targets);
      models.get(i).layer("a").setTrainable(false);
      Trainer next = trainer.recompile();
      next.trainOnBatch(inputs, targets);
      models.get(i).layer("a").setTrainable(true);
      try (Trainer last = next.recompile()) {
        last.trainOnBatch(inputs, targets);
        assertThat(last.steps()).isEqualTo(3);
      }
    }
    assertSameWeights(models.get(0), models.get(1));
  }

  @Test
  void step_thatMeetsNaN_movesNothing() {
    Model model = net();
    try (Trainer trainer = model.compile(recipe(card).checkingExamples(false))) {
      trainer.trainOnBatch(inputs, targets);
      List<INDArray> before = model.weights().stream().map(Weight::values).toList();
      INDArray broken = inputs.dup();
      broken.putScalar(2, 1, Double.NaN);

      assertThatThrownBy(() -> trainer.trainOnBatch(broken, targets).loss())
          .isInstanceOf(NonFiniteException.class)
          .hasMessageContaining("Weights and state are as they were before the step");
      for (int i = 0; i < before.size(); i++) {
        assertThat(model.weights().get(i).values()).isEqualTo(before.get(i));
      }
      trainer.trainOnBatch(inputs, targets);
      assertThat(trainer.steps()).isEqualTo(2);
    }
  }

  @Test
  void fit_withClassWeights_isThatOfTheHost() {
    INDArray labels = Nd4j.createFromArray(0, 1, 0, 1, 1, 0, 0, 1, 1, 1, 0, 0);
    Dataset classes = Dataset.builder().input("x", inputs).target("y", labels).build();
    List<Model> models = List.of(net(), net());
    for (int i = 0; i < 2; i++) {
      Training recipe =
          Training.with(Adam.rate(0.01))
              .loss(Losses.sparseCategoricalCrossentropy().fromLogits())
              .engine(i == 0 ? card : host)
              .seed(7);
      try (Trainer trainer = models.get(i).compile(recipe)) {
        trainer.fit(
            classes, Fit.epochs(2).batchSize(6).seed(1).classWeights(Map.of(0, 0.5, 1, 2.0)));
      }
    }
    assertSameWeights(models.get(0), models.get(1));
  }

  @Test
  void net_withUsersCode_trainsAsOnTheHost() {
    List<Model> models = new ArrayList<>();
    for (Engine engine : List.of(card, host)) {
      Model model =
          Model.sequential(
              "net",
              Input.of("x", 3),
              Dense.units(4).named("a"),
              SameDiffLayer.of("swish", (sd, in) -> in.get(0).mul(sd.nn().sigmoid(in.get(0)))),
              Dense.units(2).named("b"));
      try (Trainer trainer = model.compile(recipe(engine))) {
        trainer.trainOnBatch(inputs, targets);
        trainer.trainOnBatch(inputs, targets);
      }
      models.add(model);
    }
    assertSameWeights(models.get(0), models.get(1));
  }
}
