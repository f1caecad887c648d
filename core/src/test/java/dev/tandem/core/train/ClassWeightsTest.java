package dev.tandem.core.train;

import static dev.tandem.core.train.Toys.CLOSE;
import static dev.tandem.core.train.Toys.column;
import static dev.tandem.core.train.Toys.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tandem.core.ForkedJvm;
import dev.tandem.core.data.Dataset;
import dev.tandem.core.engine.PlanEngine;
import dev.tandem.core.graph.Input;
import dev.tandem.core.initializer.Initializers;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.TimeDistributed;
import dev.tandem.core.loss.Loss;
import dev.tandem.core.loss.Losses;
import dev.tandem.core.metric.Metrics;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Engine;
import dev.tandem.core.optimizer.Sgd;
import dev.tandem.core.tensor.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Class weights go by what the loss calls a class, and are refused where there is none. */
class ClassWeightsTest {

  private static final double LN2 = Math.log(2);
  private static final double LN4 = Math.log(4);

  /** (batch, …, 1) to zeros for so many classes, an output named "out". */
  private static Model zeros(int outputs, long... inner) {
    long[] sample = Arrays.copyOf(inner, inner.length + 1);
    sample[inner.length] = 1;
    Dense dense = Dense.units(outputs).kernelInitializer(Initializers.zeros());
    return Model.sequential(
            "net",
            Input.of("x", Shape.of(sample), DataType.FLOAT),
            inner.length == 0
                ? dense.named("out")
                : TimeDistributed.of(dense.named("dense")).named("out"))
        .initialize(1);
  }

  private static double loss(
      Model model, Loss loss, Engine engine, INDArray target, Map<Integer, Double> weights) {
    return fit(model, loss, engine, data(model, target), weights);
  }

  private static double fit(
      Model model, Loss loss, Engine engine, Dataset data, Map<Integer, Double> weights) {
    Trainer trainer = model.compile(Training.with(Sgd.rate(0.1)).loss(loss).engine(engine));
    return trainer
        .fit(data, Fit.epochs(1).batchSize(data.size()).classWeights(weights))
        .last("loss");
  }

  private static Dataset data(Model model, INDArray target) {
    Shape x = model.inputs().get("x").shape().withBatch(target.size(0));
    return Dataset.builder()
        .input("x", Nd4j.ones(DataType.FLOAT, x.toArray()))
        .target("out", target)
        .build();
  }

  private static INDArray rows(double[]... rows) {
    return Nd4j.createFromArray(rows).castTo(DataType.FLOAT);
  }

  @OnBothEngines
  void classWeights_ofClassNumbers_multiplyTheirLosses(Engine engine) {
    Loss loss = Losses.sparseCategoricalCrossentropy().fromLogits();
    Map<Integer, Double> weights = Map.of(0, 10.0, 2, 0.5);
    INDArray numbers = Nd4j.createFromArray(0, 1, 2);
    double expected = LN4 * (10 + 1 + 0.5) / 3;
    assertThat(loss(zeros(4), loss, engine, numbers, weights)).isCloseTo(expected, CLOSE);
    assertThat(loss(zeros(4), loss, engine, numbers.reshape(3, 1), weights))
        .isCloseTo(expected, CLOSE);
    assertThat(loss(zeros(4), loss, engine, numbers.castTo(DataType.INT64), weights))
        .isCloseTo(expected, CLOSE);
  }

  @OnBothEngines
  void classWeights_leaveMetricsAlone_inTrainingAsInValidation(Engine engine) {
    Model model = zeros(3);
    Trainer trainer =
        model.compile(
            Training.with(Sgd.rate(0))
                .loss(Losses.sparseCategoricalCrossentropy().fromLogits())
                .metrics(Metrics.accuracy())
                .engine(engine));
    Dataset data = data(model, Nd4j.createFromArray(0, 1, 2));
    Fit how = Fit.epochs(1).batchSize(2).classWeights(Map.of(0, 50.0, 2, 0.0));

    History history = trainer.fit(data, how.validation(data));

    // the first of equal logits is taken: right for one of three
    assertThat(history.last("accuracy")).isCloseTo(1 / 3.0, CLOSE);
    assertThat(history.last("val_accuracy")).isCloseTo(1 / 3.0, CLOSE);
    Dataset weighted =
        Dataset.builder()
            .input("x", data.input("x"))
            .target("out", data.target("out"))
            .target("weights:out", row(1, 3, 0))
            .build();
    assertThat(trainer.fit(weighted, how).last("accuracy")).isCloseTo(1 / 4.0, CLOSE);
    assertThat(trainer.evaluate(weighted, 2).get("accuracy")).isCloseTo(1 / 4.0, CLOSE);
  }

  @OnBothEngines
  void classWeights_ofRows_goByTheirLargest(Engine engine) {
    INDArray rows = rows(new double[] {1, 0, 0, 0}, new double[] {.1, .2, .6, .1});
    Map<Integer, Double> weights = Map.of(0, 10.0, 2, 0.5);
    Loss entropy = Losses.categoricalCrossentropy().fromLogits();
    assertThat(loss(zeros(4), entropy, engine, rows, weights))
        .isCloseTo(LN4 * (10 + 0.5) / 2, CLOSE);
    // max(0 − 0 + 1, 0) in both rows
    assertThat(loss(zeros(4), Losses.categoricalHinge(), engine, rows, weights))
        .isCloseTo((10 + 0.5) / 2, CLOSE);
  }

  @OnBothEngines
  void classWeights_ofAnswers_areOfNoAndYes(Engine engine) {
    Loss entropy = Losses.binaryCrossentropy().fromLogits();
    Map<Integer, Double> weights = Map.of(0, 3.0, 1, 7.0);
    for (INDArray answers : List.of(column(0, 1, 0.9, 0.1), row(0, 1, 0.9, 0.1))) {
      assertThat(loss(zeros(1), entropy, engine, answers, weights))
          .isCloseTo(LN2 * (3 + 7 + 7 + 3) / 4, CLOSE);
    }
    assertThat(loss(zeros(1), Losses.hinge(), engine, column(-1, 1, 1), Map.of(-1, 3.0, 1, 7.0)))
        .isCloseTo((3 + 7 + 7) / 3.0, CLOSE);
    assertThat(loss(zeros(1), Losses.squaredHinge(), engine, column(0, 1), Map.of(0, 3.0)))
        .isCloseTo((3 + 1) / 2.0, CLOSE);
  }

  @OnBothEngines
  void classWeights_andSampleWeights_multiply(Engine engine) {
    Model model = zeros(4);
    Dataset weighted =
        Dataset.builder()
            .input("x", column(1, 1, 1))
            .target("label", Nd4j.createFromArray(0, 1, -1))
            .target("weights:label", row(1, 10, 0))
            .build();
    Loss loss = Losses.sparseCategoricalCrossentropy().fromLogits();
    assertThat(fit(model, loss, engine, weighted, Map.of(0, 2.0)))
        .isCloseTo(LN4 * (2 + 10 + 0) / 3, CLOSE);
  }

  @OnBothEngines
  void rowsWithoutOneLargest_areRefusedUnlessTheyDoNotCount(Engine engine) {
    Model model = zeros(4);
    Loss loss = Losses.categoricalCrossentropy().fromLogits();
    INDArray rows = rows(new double[] {1, 0, 0, 0}, new double[] {.1, .4, .4, .1});
    assertThatIllegalArgumentException()
        .isThrownBy(() -> loss(model, loss, engine, rows, Map.of(0, 2.0)))
        .withMessage(
            "class weights for the target of \"out\" of Model \"net\": sample 1 has no one class,"
                + " no single largest number in its row");
    Dataset masked =
        Dataset.builder()
            .input("x", column(1, 1))
            .target("out", rows)
            .target("weights:out", row(1, 0))
            .build();
    assertThat(fit(model, loss, engine, masked, Map.of(0, 2.0))).isCloseTo(LN4, CLOSE);
  }

  @OnBothEngines
  void samplesOfSeveralClassesOrNone_areRefused(Engine engine) {
    String of = "class weights for the target of \"out\" of Model \"net\": ";
    String instead =
        ", not one for each sample; weigh them in a loss of your own, or give sample weights";
    Map<Integer, Double> weights = Map.of(0, 10.0);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                loss(
                    zeros(4, 3),
                    Losses.sparseCategoricalCrossentropy().fromLogits(),
                    engine,
                    Nd4j.createFromArray(new int[][] {{3, 1, 2}}),
                    weights))
        .withMessage(of + "each sample has a class number for each of its places" + instead);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                loss(
                    zeros(2, 2),
                    Losses.categoricalCrossentropy().fromLogits(),
                    engine,
                    rows(new double[] {1, 0}, new double[] {0, 1}).reshape(1, 2, 2),
                    weights))
        .withMessage(of + "each sample has a row of classes for each of its places" + instead);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                loss(
                    zeros(3),
                    Losses.binaryCrossentropy().fromLogits(),
                    engine,
                    rows(new double[] {1, 0, 1}),
                    weights))
        .withMessage(of + "each sample has several answers" + instead);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                loss(
                    zeros(3),
                    Losses.meanSquaredError(),
                    engine,
                    rows(new double[] {3, 1, 2}),
                    weights))
        .withMessage(
            of + "its loss compares numbers and knows no classes; give sample weights instead");
    Model judged = zeros(4);
    Trainer trainer =
        judged.compile(
            Training.with(Sgd.rate(0.1))
                .loss(Losses.output())
                .metrics(Metrics.accuracy())
                .engine(engine));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                trainer.fit(
                    data(judged, Nd4j.createFromArray(0, 1)), Fit.epochs(1).classWeights(weights)))
        .withMessage(of + "it has no loss that could know them; give sample weights instead");
  }

  @Test
  void weightsForClassesThatThereAreNot_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                loss(
                    zeros(4),
                    Losses.sparseCategoricalCrossentropy().fromLogits(),
                    new PlanEngine(),
                    Nd4j.createFromArray(0, 1),
                    Map.of(1, 2.0, 4, 2.0, -1, 3.0)))
        .withMessage(
            "class weights for the target of \"out\" of Model \"net\": they name classes that there"
                + " are not, [-1, 4]; there are [0, 1, 2, 3]");
  }

  @Test
  void weightForAClassThatNoSampleHas_isSaidInTheLog() throws IOException, InterruptedException {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Process process =
        ForkedJvm.of(
                "-Xmx1g",
                "-Dslf4j.provider=dev.tandem.core.semantics.LoggedSteps$Printing",
                "-cp",
                classPath,
                Rare.class.getName())
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output.lines().filter(line -> line.contains("class weights")))
        .containsExactly(
            "WARN class weights for the target of \"out\" of Model \"net\" name classes that no"
                + " sample has: [2]; samples have [0, 1]");
  }

  /** Trains on classes 0 and 1 with weights for 1 and 2. */
  static final class Rare {

    private Rare() {}

    public static void main(String[] args) {
      Loss loss = Losses.sparseCategoricalCrossentropy().fromLogits();
      INDArray numbers = Nd4j.createFromArray(0, 1);
      loss(zeros(4), loss, new PlanEngine(), numbers, Map.of(1, 2.0, 2, 2.0));
      loss(zeros(4), loss, new PlanEngine(), numbers, Map.of(1, 2.0));
    }
  }
}
