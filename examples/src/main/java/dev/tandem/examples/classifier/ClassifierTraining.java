package dev.tandem.examples.classifier;

import dev.tandem.core.data.Dataset;
import dev.tandem.core.data.LabeledImages;
import dev.tandem.core.loss.Losses;
import dev.tandem.core.metric.Metrics;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Engine;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.optimizer.Schedules;
import dev.tandem.core.train.Callback;
import dev.tandem.core.train.Fit;
import dev.tandem.core.train.FitProgress;
import dev.tandem.core.train.Predictor;
import dev.tandem.core.train.StepResult;
import dev.tandem.core.train.Trainer;
import dev.tandem.core.train.Training;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Trains the classifier with Adam, its rate falling along half a cosine wave. */
final class ClassifierTraining implements AutoCloseable {

  static final int BATCH = 100;

  private static final double RATE = 1e-3;
  private static final int TEST_BATCH = 500;
  private static final String ACCURACY = "sparse_categorical_accuracy";

  private final DigitClassifier net;
  private final Trainer trainer;
  private final long seed;
  private final int epochs;
  private final Engine engine;

  ClassifierTraining(int epochs, int images, long seed, Engine engine) {
    this.engine = engine;
    this.epochs = epochs;
    this.seed = seed;
    this.net = DigitClassifier.create(seed);
    long steps = steps(epochs, images);
    this.trainer =
        net.trained()
            .compile(
                Training.with(Adam.rate(Schedules.cosineDecay(RATE, steps)))
                    .loss(Losses.sparseCategoricalCrossentropy().fromLogits())
                    .metrics(Metrics.sparseCategoricalAccuracy())
                    .engine(engine)
                    .seed(seed));
  }

  /** The steps of so many passes over so many images. */
  static long steps(int epochs, int images) {
    return (long) epochs * ((images + BATCH - 1) / BATCH);
  }

  /**
   * Trains on all images as often as was said, and scales the features to mean square 1 over them.
   *
   * @param progress is told the result of each step
   */
  void train(LabeledImages images, Consumer<StepResult> progress) {
    Callback told =
        new Callback() {
          @Override
          public void onStep(FitProgress at, StepResult result) {
            progress.accept(result);
          }
        };
    trainer.fit(data(images), Fit.epochs(epochs).batchSize(BATCH).seed(seed).callbacks(told));
    try (Predictor predictor = Predictor.of(net.extractor(), engine)) {
      INDArray seen =
          Objects.requireNonNull(
              predictor
                  .predict(Map.of(DigitClassifier.IMAGE, images.images()))
                  .get(DigitClassifier.FEATURES));
      double norm = seen.norm2Number().doubleValue();
      net.normalize(norm * norm / seen.length());
    }
  }

  /** How often the most likely digit is the right one. */
  double accuracy(LabeledImages images) {
    return Objects.requireNonNull(trainer.evaluate(data(images), TEST_BATCH).get(ACCURACY));
  }

  /** What is to be kept. */
  Model extractor() {
    return net.extractor();
  }

  private static Dataset data(LabeledImages images) {
    return Dataset.builder()
        .input(DigitClassifier.IMAGE, images.images())
        .target(DigitClassifier.LOGITS, images.labels())
        .build();
  }

  @Override
  public void close() {
    trainer.close();
  }
}
