package dev.tandem.docs;

import static dev.tandem.core.activation.Activations.relu;
import static dev.tandem.core.loss.Losses.meanSquaredError;
import static dev.tandem.core.loss.Losses.sparseCategoricalCrossentropy;
import static dev.tandem.core.metric.Metrics.accuracy;
import static dev.tandem.core.metric.Metrics.expectedCalibrationError;
import static dev.tandem.core.metric.Metrics.f1;
import static dev.tandem.core.metric.Metrics.recallOfClass;
import static dev.tandem.core.metric.Metrics.topK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import dev.tandem.core.data.Dataset;
import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.io.BestCheckpoint;
import dev.tandem.core.io.Checkpoint;
import dev.tandem.core.io.CheckpointSeries;
import dev.tandem.core.io.ModelFile;
import dev.tandem.core.io.RunState;
import dev.tandem.core.io.Weights;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.metric.Averaging;
import dev.tandem.core.metric.ClassScore;
import dev.tandem.core.metric.ConfusionMatrix;
import dev.tandem.core.model.Model;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.optimizer.Clippings;
import dev.tandem.core.optimizer.Schedules;
import dev.tandem.core.train.Callback;
import dev.tandem.core.train.Fit;
import dev.tandem.core.train.FitProgress;
import dev.tandem.core.train.History;
import dev.tandem.core.train.StepResult;
import dev.tandem.core.train.Trainer;
import dev.tandem.core.train.Training;
import dev.tandem.core.train.callback.CsvLog;
import dev.tandem.core.train.callback.EarlyStopping;
import dev.tandem.core.train.callback.ReduceLrOnPlateau;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The page on training. */
class TrainingTest {

  @TempDir Path folder;

  private static Model classifier() {
    return Model.sequential(
        "classifier", Input.of("x", 4), Dense.units(16).activation(relu()), Dense.units(3));
  }

  private static Dataset data(int rows) {
    INDArray x = Nd4j.rand(DataType.FLOAT, rows, 4);
    INDArray y = x.get(all(), interval(0, 3)).argMax(1).castTo(DataType.INT32);
    return Dataset.builder().input("x", x).target("label", y).build();
  }

  @Test
  void fit_onASmallSet_learns() {
    Model model = classifier();
    Dataset train = data(512);
    Dataset test = data(128);
    // region fit
    Training recipe =
        Training.with(Adam.rate(Schedules.cosineDecay(1e-2, 400)))
            .loss(sparseCategoricalCrossentropy().fromLogits())
            .metrics(accuracy())
            .clip(Clippings.byGlobalNorm(1))
            .seed(1);
    try (Trainer trainer = model.compile(recipe)) {
      History history =
          trainer.fit(
              train,
              Fit.epochs(25)
                  .batchSize(32)
                  .validation(test)
                  .callbacks(
                      CsvLog.to(folder.resolve("log.csv")),
                      EarlyStopping.lowest("val_loss").patience(5).restoringBest()));
      double last = history.last("val_accuracy");
      Map<String, Double> report = trainer.evaluate(test, 128); // {loss=…, accuracy=…}
      INDArray logits = trainer.predict(test.input("x"));
      // endregion
      assertThat(last).isGreaterThan(.8);
      assertThat(report.get("accuracy")).isGreaterThan(.8);
      assertThat(logits.shape()).containsExactly(128, 3);
    }
  }

  @Test
  void twoHeads_haveLossesOfTheirOwn() {
    // region heads
    Input x = Input.of("x", 4);
    SymbolicTensor features = Dense.units(16).activation(relu()).named("trunk").apply(x);
    Dense kind = Dense.units(3).named("kind");
    Dense size = Dense.units(1).named("size");
    Model both = Model.of("both", List.of(x), List.of(kind.apply(features), size.apply(features)));
    Training recipe =
        Training.with(Adam.rate(1e-3))
            .loss("kind", sparseCategoricalCrossentropy().fromLogits())
            .loss("size", meanSquaredError())
            .lossWeight("size", .5)
            .metrics("kind", accuracy());
    // endregion
    try (Trainer trainer = both.compile(recipe)) {
      assertThat(trainer.moves()).hasSize(6);
    }
  }

  @Test
  void step_byHand_saysItsLosses() {
    Dataset data = data(32);
    try (Trainer trainer =
        classifier()
            .compile(
                Training.with(Adam.rate(1e-3))
                    .loss(sparseCategoricalCrossentropy().fromLogits())
                    .metrics(accuracy())
                    .seed(1))) {
      INDArray x = data.input("x");
      INDArray label = data.target("label");
      // region step
      StepResult result = trainer.trainOnBatch(x, label);
      System.out.println(result.step() + ": " + result.loss() + " " + result.metrics());
      // endregion
      assertThat(result.step()).isEqualTo(1);
    }
  }

  @Test
  void judged_epochByEpoch_andOverAllSamples() throws Exception {
    Model model = classifier();
    Dataset train = data(256);
    Dataset test = data(128);
    // region judge
    Training recipe =
        Training.with(Adam.rate(1e-2))
            .loss(sparseCategoricalCrossentropy().fromLogits())
            .metrics(accuracy(), f1(Averaging.MACRO), topK(2), recallOfClass(1))
            .metrics(expectedCalibrationError().fromLogits())
            .seed(1);
    Trainer trainer = model.compile(recipe);
    History history = trainer.fit(train, Fit.epochs(10).validation(test));
    ConfusionMatrix matrix = new ConfusionMatrix();
    trainer.evaluate(test, 128, matrix); // of several heads: Map.of("label", matrix)
    System.out.println(matrix.report("cat", "dog", "bird"));
    System.out.println(matrix);
    double worst = matrix.score(ClassScore.Kind.RECALL, 1); // of dogs
    // endregion
    assertThat(matrix.total()).isEqualTo(128);
    assertThat(worst).isCloseTo(history.last("val_recall_of_class_1"), within(1e-12));
    // region habits
    Callback warmRestart =
        new Callback() {
          @Override
          public void onEpoch(FitProgress progress) {
            if (progress.epoch() == 5) {
              progress.trainer().setRate(1e-2); // from the next step on
            }
          }
        };
    History next =
        trainer.fit(
            train,
            Fit.epochs(10)
                .validation(test)
                .callbacks(
                    ReduceLrOnPlateau.lowest("val_loss").factor(.5).patience(2), warmRestart));
    System.out.println(next); // a table
    Files.writeString(folder.resolve("history.csv"), next.csv());
    Files.writeString(folder.resolve("history.svg"), next.svg()); // curves, for any browser
    // endregion
    assertThat(next.epochs()).hasSize(10);
    StepResult result = trainer.trainOnBatch(test.input("x"), test.target("label"));
    assertThat(result.metrics()).containsKeys("accuracy", "macro_f1", "top_2_accuracy");
  }

  @Test
  void savedThings_loadAgain() {
    Model model = classifier().initialize(1);
    // region save
    Weights.save(model, folder.resolve("weights")); // values by path, into a model drawn again
    Weights.load(classifier(), folder.resolve("weights"));

    ModelFile.save(model, folder.resolve("model")); // layers, sharing, flags, names and values
    Model loaded = ModelFile.load(folder.resolve("model"));
    // endregion
    assertThat(loaded.countParams()).isEqualTo(model.countParams());
  }

  @Test
  void fit_resumed_endsWhereAnUninterruptedOneDoes() {
    Dataset train = data(128);
    Training recipe =
        Training.with(Adam.rate(1e-2)).loss(sparseCategoricalCrossentropy().fromLogits()).seed(1);
    Fit fit = Fit.epochs(4).batchSize(32);
    Path directory = folder.resolve("checkpoints");
    try (Trainer trainer = classifier().initialize(1).compile(recipe)) {
      // region checkpoints
      trainer.fit(
          train,
          fit.callbacks(
              CheckpointSeries.in(directory, 2), // after each epoch; the last two are kept
              BestCheckpoint.lowest(folder.resolve("best"), "loss")));
      // endregion
    }
    Model again = classifier();
    // region resume
    try (Trainer trainer = again.compile(recipe)) {
      Path latest = CheckpointSeries.in(directory, 2).latest().orElseThrow();
      RunState run = Checkpoint.of(trainer).restore(latest);
      trainer.fit(train, fit.from(run.position().orElseThrow())); // goes on bit for bit
    }
    // endregion
    assertThat(again.isBuilt()).isTrue();
  }

  @Test
  void weights_ofSteps_areAColumnOfTheData() {
    INDArray sequences = Nd4j.ones(2, 4, 2);
    INDArray tags = Nd4j.createFromArray(new int[][] {{0, 1, 2, -1}, {2, -1, -1, -1}});
    INDArray weights = Nd4j.createFromArray(new float[][] {{1, 1, 1, 0}, {1, 0, 0, 0}});
    // region steps
    Dataset data =
        Dataset.builder()
            .input("steps", sequences) // (samples, 4, 2)
            .target("tags", tags) // (samples, 4)
            .target("weights:tags", weights) // (samples, 4)
            .build();
    // endregion
    Model tagger = Model.sequential("t", Input.of("steps", 4, 2), Dense.units(3).named("tags"));
    Training recipe =
        Training.with(Adam.rate(1e-2)).loss(sparseCategoricalCrossentropy().fromLogits());
    try (Trainer trainer = tagger.compile(recipe)) {
      assertThat(trainer.evaluate(data, 2).get("loss")).isFinite();
    }
  }
}
