package dev.tandem.examples.heads;

import dev.tandem.core.data.Batch;
import dev.tandem.core.data.BatchIterator;
import dev.tandem.core.data.BatchPosition;
import dev.tandem.core.data.Batching;
import dev.tandem.core.data.Dataset;
import dev.tandem.core.loss.Losses;
import dev.tandem.core.metric.Metrics;
import dev.tandem.core.op.Engine;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.train.StepResult;
import dev.tandem.core.train.Trainer;
import dev.tandem.core.train.Training;
import java.util.Objects;
import java.util.function.BiConsumer;

/** Two trainers over one trunk that take turns, batch by batch. */
final class HeadsTraining implements AutoCloseable {

  private static final int BATCH = 64;
  private static final int TEST_BATCH = 500;

  private final long seed;
  private final Trainer digits;
  private final Trainer parity;

  HeadsTraining(long seed, Engine engine) {
    this.seed = seed;
    TwoHeadedNet net = TwoHeadedNet.create(seed);
    digits =
        net.digits()
            .compile(
                Training.with(Adam.rate(1e-3))
                    .loss(Losses.sparseCategoricalCrossentropy().fromLogits())
                    .metrics(Metrics.sparseCategoricalAccuracy())
                    .engine(engine)
                    .seed(seed));
    parity =
        net.parity()
            .compile(
                Training.with(Adam.rate(1e-2))
                    .loss(Losses.binaryCrossentropy().fromLogits())
                    .metrics(Metrics.binaryAccuracy(0))
                    .only(net.parityHead())
                    .engine(engine)
                    .seed(seed));
  }

  /**
   * Takes turns over shuffled batches.
   *
   * @param progress is told the results of both after each turn
   */
  void train(Questions data, int steps, BiConsumer<StepResult, StepResult> progress) {
    Batching batching = Batching.of(BATCH).shuffled(seed).droppingRemainder();
    try (BatchIterator batches =
        data.both().endlessBatches(batching, BatchPosition.startOf(0)).prefetched()) {
      for (int step = 0; step < steps; step++) {
        Batch batch = batches.next();
        progress.accept(
            digits.trainOnBatch(batch.input(Questions.IMAGE), batch.target(Questions.DIGIT)),
            parity.trainOnBatch(batch.input(Questions.IMAGE), batch.target(Questions.PARITY)));
      }
    }
  }

  /** How often the digit is right. */
  double digitAccuracy(Questions data) {
    return accuracy(digits, data.digit(), "sparse_categorical_accuracy");
  }

  private static double accuracy(Trainer trainer, Dataset data, String metric) {
    return Objects.requireNonNull(trainer.evaluate(data, TEST_BATCH).get(metric));
  }

  /** How often odd and even are told apart. */
  double parityAccuracy(Questions data) {
    return accuracy(parity, data.parity(), "binary_accuracy");
  }

  /** The trainer of trunk and digit head. */
  Trainer digits() {
    return digits;
  }

  /** The trainer of the parity head. */
  Trainer parity() {
    return parity;
  }

  @Override
  public void close() {
    digits.close();
    parity.close();
  }
}
