package dev.tandem.core.train;

import static dev.tandem.core.train.Toys.normal;
import static dev.tandem.core.train.Toys.row;
import static dev.tandem.core.train.Toys.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tandem.core.data.Dataset;
import dev.tandem.core.engine.PlanEngine;
import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.loss.Loss;
import dev.tandem.core.loss.Losses;
import dev.tandem.core.metric.Metrics;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Engine;
import dev.tandem.core.optimizer.Sgd;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Targets that a loss has no meaning for are refused by name, value, place and rule. */
class TargetCheckTest {

  private static final INDArray X = normal(1, 2, 2);

  /** (batch, 2) to so many numbers, an output named "out". */
  private static Model model(int outputs) {
    return Model.sequential("net", Input.of("x", 2), Dense.units(outputs).named("out"))
        .initialize(3);
  }

  private static Trainer trainer(Loss loss, int outputs, Engine engine) {
    return model(outputs).compile(Training.with(Sgd.rate(0.1)).loss(loss).engine(engine));
  }

  private static Trainer sparse(Engine engine) {
    return trainer(Losses.sparseCategoricalCrossentropy().fromLogits(), 3, engine);
  }

  private static INDArray rows(double[]... rows) {
    return Nd4j.createFromArray(rows).castTo(DataType.FLOAT);
  }

  /** Refused by all that take targets; nothing moves. */
  private static void refused(Trainer trainer, INDArray target, String message) {
    Map<String, double[]> before = values(trainer.model());
    Examples examples = Examples.of(X, target);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer.trainOnBatch(examples))
        .withMessage(message);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer.testOnBatch(examples))
        .withMessage(message);
    Dataset data = Dataset.builder().input("x", X).target("out", target).build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer.fit(data, Fit.epochs(1).batchSize(2).shuffled(false)))
        .withMessage(message);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer.evaluate(data, 2))
        .withMessage(message);
    assertThat(trainer.steps()).isZero();
    Toys.assertUnmoved(trainer.model(), before);
  }

  @OnBothEngines
  void classNumber_thatIsNoClass_isRefusedInEveryShapeAndType(Engine engine) {
    Trainer trainer = sparse(engine);
    String range = ", but the 3 classes are [0, 3); correct it, or give the output more classes";
    int[][] bad = {{0, 4}, {-1, 0}, {4, 3}, {1, 1_000_000}, {Integer.MIN_VALUE, 1}};
    for (int[] numbers : bad) {
      int place = numbers[0] < 0 || numbers[0] > 2 ? 0 : 1;
      String holds = "Model \"net\": target of \"out\" holds " + numbers[place] + " at (" + place;
      INDArray target = Nd4j.createFromArray(numbers);
      refused(trainer, target, holds + ",)" + range);
      refused(trainer, target.reshape(2, 1), holds + ",)" + range);
      refused(trainer, target.castTo(DataType.INT64), holds + ",)" + range);
    }
    refused(
        trainer,
        Nd4j.createFromArray(0, (1L << 32) + 1),
        "Model \"net\": target of \"out\" holds 4294967297 at (1,)" + range);
    refused(
        trainer,
        Nd4j.createFromArray(200, 1).castTo(DataType.UINT8),
        "Model \"net\": target of \"out\" holds 200 at (0,)" + range);
  }

  @OnBothEngines
  void classNumbers_countedFromOne_areToldSo(Engine engine) {
    refused(
        sparse(engine),
        Nd4j.createFromArray(1, 3),
        "Model \"net\": target of \"out\" holds 3 at (1,), but the 3 classes are [0, 3); classes"
            + " are counted from 0: subtract 1");
  }

  @OnBothEngines
  void classNumbers_ofAnyIntegers_areThoseOfInt32(Engine engine) {
    INDArray numbers = Nd4j.createFromArray(2, 0);
    double right = sparse(engine).trainOnBatch(X, numbers).loss();
    for (DataType dtype :
        new DataType[] {DataType.INT64, DataType.UINT8, DataType.INT8, DataType.INT16}) {
      assertThat(sparse(engine).trainOnBatch(X, numbers.castTo(dtype)).loss()).isEqualTo(right);
    }
  }

  @Test
  void classNumbers_andRows_givenForEachOther_areToldTheWayOut() {
    refused(
        sparse(new PlanEngine()),
        row(1, 2),
        "Model \"net\" expects int32 (batch,) as target of \"out\", got float32 (2,);"
            + " castTo(DataType.INT32)");
    String takesNumbers =
        "it takes class numbers: argMax(-1) of these rows, or the loss categoricalCrossentropy for"
            + " the rows themselves";
    refused(
        sparse(new PlanEngine()),
        rows(new double[] {0, 0, 1}, new double[] {1, 0, 0}),
        "Model \"net\" expects int32 (batch,) as target of \"out\", got float32 (2, 3); "
            + takesNumbers);
    Trainer categorical =
        trainer(Losses.categoricalCrossentropy().fromLogits(), 3, new PlanEngine());
    String takesRows =
        "it takes a row of ones and zeros for each sample; for class numbers use the loss"
            + " sparseCategoricalCrossentropy";
    refused(
        categorical,
        Nd4j.createFromArray(1, 2),
        "Model \"net\" expects float32 (batch, 3) as target of \"out\", got int32 (2,); "
            + takesRows);
    refused(
        categorical,
        row(1, 2).reshape(2, 1),
        "Model \"net\" expects float32 (batch, 3) as target of \"out\", got float32 (2, 1); "
            + takesRows);
  }

  @OnBothEngines
  void probabilities_outsideTheirRange_areRefused(Engine engine) {
    Loss loss = Losses.binaryCrossentropy().fromLogits();
    String rule =
        ", but targets are probabilities, [0, 1]; scale them, or take meanSquaredError for other"
            + " numbers";
    for (double bad : new double[] {-1, 2, 255, 1.01, -0.001}) {
      refused(
          trainer(loss, 2, engine),
          rows(new double[] {0, 1}, new double[] {bad, 1}),
          "Model \"net\": target of \"out\" holds " + (double) (float) bad + " at (1, 0)" + rule);
    }
    INDArray soft = rows(new double[] {0, 1}, new double[] {0.1, 1.000001});
    trainer(loss, 2, engine).trainOnBatch(X, soft);
  }

  @OnBothEngines
  void rowsThatAreNoProbabilities_areRefused(Engine engine) {
    String rule =
        ", but targets are rows of probabilities, at least 0 each, that sum to 1; take"
            + " binaryCrossentropy where several classes hold at once, and give a sample without a"
            + " class the sample weight 0";
    Loss[] losses = {
      Losses.categoricalCrossentropy().fromLogits().labelSmoothing(0.1), Losses.categoricalHinge()
    };
    for (Loss loss : losses) {
      refused(
          trainer(loss, 3, engine),
          rows(new double[] {0, 1, 0}, new double[] {1, 0, 1}),
          "Model \"net\": target of \"out\" holds a row of the sum 2.0 at (1, 0)" + rule);
      refused(
          trainer(loss, 3, engine),
          rows(new double[] {0, 0, 0}, new double[] {1, 0, 0}),
          "Model \"net\": target of \"out\" holds a row of the sum 0.0 at (0, 0)" + rule);
      refused(
          trainer(loss, 3, engine),
          rows(new double[] {0, 1, 0}, new double[] {1.5, 0, -0.5}),
          "Model \"net\": target of \"out\" holds -0.5 at (1, 2)" + rule);
      INDArray soft = rows(new double[] {0.33, 0.33, 0.33}, new double[] {0.9, 0.05, 0.05});
      trainer(loss, 3, engine).trainOnBatch(X, soft);
    }
  }

  @Test
  void targets_outsideTheDomainOfOtherLosses_areRefused() {
    refused(
        trainer(Losses.hinge(), 1, new PlanEngine()),
        row(2, 1).reshape(2, 1),
        "Model \"net\": target of \"out\" holds 2.0 at (0, 0), but targets are −1 and 1, or 0 and"
            + " 1; take binaryCrossentropy for probabilities");
    refused(
        trainer(Losses.squaredHinge(), 1, new PlanEngine()),
        row(0, 0.25).reshape(2, 1),
        "Model \"net\": target of \"out\" holds 0.25 at (1, 0), but targets are −1 and 1, or 0 and"
            + " 1; take binaryCrossentropy for probabilities");
    refused(
        trainer(Losses.poisson(), 1, new PlanEngine()),
        row(3, -2).reshape(2, 1),
        "Model \"net\": target of \"out\" holds -2.0 at (1, 0), but targets are counts, at least"
            + " 0; take meanSquaredError for other numbers");
    refused(
        trainer(Losses.klDivergence(), 2, new PlanEngine()),
        rows(new double[] {0.5, 0.5}, new double[] {3, 1}),
        "Model \"net\": target of \"out\" holds a row of the sum 4.0 at (1, 0), but targets are"
            + " rows of probabilities that sum to 1; divide each row by its sum");
  }

  @OnBothEngines
  void samplesOfWeightZero_mayHoldAnything(Engine engine) {
    Trainer trainer = sparse(engine);
    double one = trainer.testOnBatch(X.getRow(0, true), Nd4j.createFromArray(1)).loss();
    for (int none : new int[] {-1, -100, 3, Integer.MAX_VALUE}) {
      INDArray target = Nd4j.createFromArray(1, none);
      Examples masked = Examples.of(X, target).weights(row(1, 0));
      assertThat(trainer.testOnBatch(masked).loss()).isCloseTo(one / 2, Toys.CLOSE);
      trainer.gradients(masked);
      assertThat(target).isEqualTo(Nd4j.createFromArray(1, none));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                trainer.testOnBatch(
                    Examples.of(X, Nd4j.createFromArray(-1, 3)).weights(row(0, 0.5))))
        .withMessageStartingWith("Model \"net\": target of \"out\" holds 3 at (1,), but");
    Trainer rows = trainer(Losses.categoricalCrossentropy().fromLogits(), 3, engine);
    INDArray unlabelled = rows(new double[] {0, 1, 0}, new double[] {0, 0, 0});
    assertThat(rows.testOnBatch(Examples.of(X, unlabelled).weights(row(1, 0))).loss()).isFinite();
  }

  @OnBothEngines
  void usersLoss_onNumbersOfItsOwn_isLeftAlone(Engine engine) {
    Loss own = (ops, prediction, target) -> ops.mean(ops.multiply(prediction, target), false, 1);
    assertThat(
            trainer(own, 2, engine)
                .testOnBatch(X, rows(new double[] {-7, 255}, new double[] {0, 0}))
                .loss())
        .isFinite();
  }

  @OnBothEngines
  void metricOfClassNumbers_thatAreNone_isRefusedBeforeTheStepMoves(Engine engine) {
    Model model = model(3);
    Trainer trainer =
        model.compile(
            Training.with(Sgd.rate(0.1))
                .loss(Losses.output())
                .metrics(Metrics.sparseCategoricalAccuracy())
                .engine(engine));
    for (double bad : new double[] {3, -1, 0.5}) {
      Dataset data = Dataset.builder().input("x", X).target("out", row(0, bad)).build();
      Map<String, double[]> before = values(model);
      String message =
          "sparse_categorical_accuracy: target class is not a whole number in [0, 3): "
              + bad
              + ", number 1 of the batch, counted from 0";
      assertThatIllegalArgumentException()
          .isThrownBy(() -> trainer.evaluate(data, 2))
          .withMessage(message);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> trainer.fit(data, Fit.epochs(1).batchSize(2).shuffled(false)))
          .withMessage(message);
      Toys.assertUnmoved(model, before);
      assertThat(trainer.stepper().isBetweenSteps()).isTrue();
    }
  }
}
