package dev.tandem.core.train;

import static dev.tandem.core.train.Toys.CLOSE;
import static dev.tandem.core.train.Toys.column;
import static dev.tandem.core.train.Toys.descent;
import static dev.tandem.core.train.Toys.line;
import static dev.tandem.core.train.Toys.normal;
import static dev.tandem.core.train.Toys.times;
import static dev.tandem.core.train.Toys.values;
import static dev.tandem.core.train.Toys.weight;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.tandem.core.data.Dataset;
import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Embedding;
import dev.tandem.core.layer.Flatten;
import dev.tandem.core.loss.Losses;
import dev.tandem.core.metric.Metrics;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Engine;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.optimizer.Sgd;
import dev.tandem.core.tensor.Shape;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class TrainerTest {

  @OnBothEngines
  void trainOnBatch_onALine_movesAsByHand(Engine engine) {
    Model model = line(2);
    try (Trainer trainer = model.compile(descent(0.1).engine(engine))) {
      StepResult first = trainer.trainOnBatch(column(1, 2), column(1, 1));
      // mean of (2 - 1)² and (4 - 1)²; gradient mean of 2·1·1 and 2·3·2
      assertThat(first.loss()).isCloseTo(5, CLOSE);
      assertThat(first.losses()).containsOnlyKeys("w");
      assertThat(first.step()).isEqualTo(1);
      assertThat(weight(model)).isCloseTo(2 - 0.1 * 7, CLOSE);
      assertThat(trainer.trainOnBatch(column(1), column(1)).step()).isEqualTo(2);
      assertThat(trainer.steps()).isEqualTo(2);
    }
  }

  @OnBothEngines
  void rate_ofASchedule_isAskedForStepZeroFirst(Engine engine) {
    Model model = line(1);
    Trainer trainer =
        model.compile(
            Training.with(Sgd.rate(step -> step == 0 ? 0.5 : step == 1 ? 0.25 : 0))
                .loss(Losses.output())
                .engine(engine));
    double[] expected = {0.5, 0.25, 0.25};
    for (double after : expected) {
      trainer.trainOnBatch(Examples.of(column(1)));
      assertThat(weight(model)).isCloseTo(after, CLOSE);
    }
  }

  @Test
  void rate_thatIsNoNumber_isRefusedBeforeAnythingMoves() {
    Model model = line(1);
    Trainer trainer =
        model.compile(
            Training.with(Sgd.rate(step -> step < 1 ? 0.1 : Double.NaN))
                .loss(Losses.meanSquaredError()));
    trainer.trainOnBatch(column(1), column(0));
    assertThatIllegalStateException()
        .isThrownBy(() -> trainer.trainOnBatch(column(1), column(0)))
        .withMessageEndingWith("is not a finite number in step 2: NaN");
    assertThat(weight(model)).isCloseTo(0.8, CLOSE);
  }

  @OnBothEngines
  void inference_ofANetWithState_movesNothing(Engine engine) {
    Model model = Toys.convNet();
    Trainer trainer = model.compile(descent(0.1).engine(engine));
    INDArray images = normal(1, 4, 6, 6, 2);
    INDArray targets = normal(2, 4, 3);
    trainer.trainOnBatch(images, targets);
    Map<String, double[]> before = values(model);
    trainer.predict(images);
    trainer.testOnBatch(images, targets);
    trainer.evaluate(Dataset.builder().input("i", images).target("t", targets).build(), 3);
    Toys.assertUnmoved(model, before);
    assertThat(trainer.steps()).isEqualTo(1);
  }

  @OnBothEngines
  void steps_ofManyBatchSizesInTurn_areAsIfTheyWereTheOnlyOnes(Engine engine) {
    Model model = line(1);
    Trainer trainer = model.compile(descent(0.01).engine(engine));
    double expected = 1;
    for (int i = 0; i < 24; i++) {
      double[] ones = new double[1 + i % 12];
      java.util.Arrays.fill(ones, 1);
      trainer.trainOnBatch(column(ones), column(new double[ones.length]));
      expected -= 0.01 * 2 * expected;
      assertThat(weight(model)).isCloseTo(expected, CLOSE);
    }
    assertThat(trainer.programs()).hasSizeLessThan(10);
  }

  @OnBothEngines
  void twoTrainers_overOneLayerInTurn_moveIt(Engine engine) {
    Dense shared = times("shared", 1);
    Model first = Model.sequential("first", Input.of("x", 1), shared);
    Model second = Model.sequential("second", Input.of("x", 1), shared);
    Trainer toZero = first.compile(descent(0.1).engine(engine));
    Trainer toTwo = second.compile(descent(0.1).engine(engine));
    toZero.trainOnBatch(column(1), column(0));
    assertThat(weight(shared)).isCloseTo(0.8, CLOSE);
    toTwo.trainOnBatch(column(1), column(2));
    assertThat(weight(shared)).isCloseTo(1.04, CLOSE);
    toZero.trainOnBatch(column(1), column(0));
    assertThat(weight(shared)).isCloseTo(0.832, CLOSE);
    assertThat(toTwo.predict(column(1)).getDouble(0)).isCloseTo(0.832, CLOSE);
  }

  @OnBothEngines
  void step_thatMovesNothing_reports(Engine engine) {
    Model model = line(3);
    model.setTrainable(false);
    Trainer trainer = model.compile(descent(0.1).engine(engine));
    assertThat(trainer.trainOnBatch(column(1), column(1)).loss()).isCloseTo(4, CLOSE);
    assertThat(trainer.trainOnBatch(column(1), column(1)).step()).isEqualTo(2);
    assertThat(weight(model)).isEqualTo(3);
    assertThat(trainer.gradientArrays()).isEmpty();
  }

  @OnBothEngines
  void integers_asInputAndTarget_train(Engine engine) {
    Model model =
        Model.sequential(
            "words",
            Input.of("word", Shape.of(2), DataType.INT32),
            Embedding.of(5, 3).named("table"),
            Flatten.of(),
            Dense.units(4).named("next"));
    Trainer trainer =
        model
            .initialize(1)
            .compile(
                Training.with(Adam.rate(0.1))
                    .loss(Losses.sparseCategoricalCrossentropy().fromLogits())
                    .engine(engine));
    INDArray words = Nd4j.createFromArray(new int[][] {{0, 1}, {2, 3}, {4, 0}});
    INDArray next = Nd4j.createFromArray(new int[] {1, 3, 0});
    double first = trainer.trainOnBatch(words, next).loss();
    assertThat(first).isBetween(1.0, 1.8); // log 4 = 1.386
    for (int i = 0; i < 30; i++) {
      trainer.trainOnBatch(words, next);
    }
    assertThat(trainer.testOnBatch(words, next).loss()).isLessThan(0.1);
    assertThat(trainer.predict(words).argMax(1).toIntVector()).containsExactly(1, 3, 0);
  }

  @OnBothEngines
  void model_inFloat64_trainsInFloat64(Engine engine) {
    Model model = Toys.mlp(DataType.DOUBLE);
    Trainer trainer = model.compile(descent(1e-9).engine(engine));
    INDArray x = normal(1, DataType.DOUBLE, 4, 3);
    INDArray y = normal(2, DataType.DOUBLE, 4, 2);
    double before = trainer.trainOnBatch(x, y).loss();
    double after = trainer.trainOnBatch(x, y).loss();
    // a step of 1e-9 is lost in float32
    assertThat(before - after).isBetween(1e-12, 1e-7);
    assertThat(trainer.predict(x).dataType()).isEqualTo(DataType.DOUBLE);
  }

  @Test
  void recompile_ofATrainerWithMoments_keepsThemAndTheCountOfSteps() {
    Model model = line(1);
    Training recipe = Training.with(Sgd.rate(0.1).momentum(0.9)).loss(Losses.meanSquaredError());
    Trainer trainer = model.compile(recipe);
    trainer.trainOnBatch(column(1), column(0));
    trainer.trainOnBatch(column(1), column(0));
    Trainer next = trainer.recompile();
    assertThat(next.steps()).isEqualTo(2);
    next.trainOnBatch(column(1), column(0));
    assertThat(weight(model)).isCloseTo(0.062, CLOSE);
    assertThatIllegalStateException()
        .isThrownBy(() -> trainer.trainOnBatch(column(1), column(0)))
        .withMessage(
            "this trainer of Model \"line\" was recompiled; go on with the trainer that"
                + " recompile(...) returned");
  }

  @Test
  void recompile_withAnotherRate_goesOnWithTheSameMoments() {
    Model model = line(1);
    Trainer trainer =
        model.compile(Training.with(Sgd.rate(0.1).momentum(0.9)).loss(Losses.meanSquaredError()));
    trainer.trainOnBatch(column(1), column(0)); // velocity -.2, w .8
    Trainer slower =
        trainer.recompile(
            Training.with(Sgd.rate(0.05).momentum(0.9)).loss(Losses.meanSquaredError()));
    slower.trainOnBatch(column(1), column(0)); // velocity -.18 - .05 · 1.6
    assertThat(weight(model)).isCloseTo(0.8 - 0.26, CLOSE);
  }

  @Test
  void recompile_withAnotherMemory_isRefusedAndChangesNothing() {
    Model model = line(1);
    Trainer trainer = model.compile(descent(0.1));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> trainer.recompile(Training.with(Adam.rate(0.1)).loss(Losses.meanSquaredError())))
        .withMessageContaining("Model \"line\" was trained with Sgd")
        .withMessageContaining("compile the model to start anew");
    trainer.trainOnBatch(column(1), column(0));
    assertThat(weight(model)).isCloseTo(0.8, CLOSE);
  }

  @Test
  void recompile_afterFreezing_movesTheRestAlone() {
    Dense a = times("a", 2);
    Dense b = times("b", 3);
    Model model = Model.sequential("m", Input.of("x", 1), a, b);
    Trainer trainer = model.compile(descent(0.01));
    a.setTrainable(false);
    assertThat(trainer.isStale()).isTrue();
    Trainer next = trainer.recompile();
    assertThat(next.moves()).isEqualTo(b.weights());
    next.trainOnBatch(column(1), column(0));
    assertThat(weight(a)).isEqualTo(2);
    assertThat(weight(b)).isCloseTo(3 - 0.01 * 24, CLOSE);
  }

  @OnBothEngines
  void anything_afterClose_isRefused(Engine engine) {
    Model model = line(1);
    Trainer trainer = model.compile(descent(0.1).engine(engine));
    trainer.trainOnBatch(column(1), column(0));
    trainer.close();
    trainer.close();
    String message = "this trainer of Model \"line\" is closed; compile the model for a new one";
    Dataset data = Dataset.builder().input("x", column(1)).target("w", column(0)).build();
    assertThatIllegalStateException()
        .isThrownBy(() -> trainer.trainOnBatch(column(1), column(0)))
        .withMessage(message);
    assertThatIllegalStateException().isThrownBy(trainer::update).withMessage(message);
    assertThatIllegalStateException()
        .isThrownBy(() -> trainer.testOnBatch(column(1), column(0)))
        .withMessage(message);
    assertThatIllegalStateException()
        .isThrownBy(() -> trainer.predict(column(1)))
        .withMessage(message);
    assertThatIllegalStateException()
        .isThrownBy(() -> trainer.fit(data, Fit.epochs(1)))
        .withMessage(message);
    assertThatIllegalStateException()
        .isThrownBy(() -> trainer.evaluate(data, 1))
        .withMessage(message);
    assertThatIllegalStateException().isThrownBy(trainer::recompile).withMessage(message);
    assertThat(weight(model)).isCloseTo(0.8, CLOSE);
    assertThat(trainer.programs()).isEmpty();
  }

  @Test
  void gradientArraysAndSlots_ofNestedModels_areToldApartByPath() {
    Input x = Input.of("x", 1);
    Model first = Model.sequential("first", Input.of("a", 1), times("d", 2));
    Model second = Model.sequential("second", Input.of("b", 1), times("d", 3));
    Trainer trainer =
        Model.of("both", x, second.apply(first.apply(x)))
            .compile(Training.with(Adam.rate(0.1)).loss(Losses.meanSquaredError()));
    assertThat(trainer.gradientArrays()).containsOnlyKeys("first/d/kernel", "second/d/kernel");
    assertThat(trainer.state().slots())
        .containsOnlyKeys(
            "first/d/kernel#m", "first/d/kernel#v", "second/d/kernel#m", "second/d/kernel#v");
  }

  @OnBothEngines
  void metrics_ofASingleStep_areThoseOfItsBatch(Engine engine) {
    Trainer trainer =
        Toys.line(1).compile(Toys.descent(.25).metrics(Metrics.meanAbsoluteError()).engine(engine));
    StepResult first = trainer.trainOnBatch(column(1, 3), column(0, 0));

    assertThat(first.metrics()).containsExactly(Map.entry("mean_absolute_error", 2.));
    assertThat(first.toString()).contains("metrics={mean_absolute_error=2.0}");
    // the weight moves by .25 · 2 · (1 + 9) / 2 = 2.5, to −1.5
    assertThat(trainer.testOnBatch(column(2), column(0)).metrics())
        .containsExactly(Map.entry("mean_absolute_error", 3.));
    trainer.gradients(Examples.of(column(1), column(0)));
    assertThat(trainer.update().metrics()).containsEntry("mean_absolute_error", 1.5);
  }
}
