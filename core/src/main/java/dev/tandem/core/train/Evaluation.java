package dev.tandem.core.train;

import com.google.common.collect.ImmutableMap;
import dev.tandem.core.data.Batch;
import dev.tandem.core.data.BatchIterator;
import dev.tandem.core.data.BatchPosition;
import dev.tandem.core.data.Batching;
import dev.tandem.core.data.DataSource;
import dev.tandem.core.metric.Metric;
import java.util.Map;

/** Losses and metrics over an epoch of data, in inference mode. */
final class Evaluation {

  private Evaluation() {}

  /** Means over all samples; the data's names are the model's. */
  static ImmutableMap<String, Double> of(Trainer trainer, FedData data, int batchSize) {
    return of(trainer, data, batchSize, Map.of());
  }

  /**
   * The same, with accumulators of others that judge outputs too.
   *
   * @param into by output
   */
  static ImmutableMap<String, Double> of(
      Trainer trainer, FedData data, int batchSize, Map<String, Metric.Accumulator> into) {
    Stepper stepper = trainer.stepper();
    stepper.guard().enter();
    try {
      return alone(trainer, data, batchSize, into);
    } finally {
      stepper.guard().leave();
    }
  }

  private static ImmutableMap<String, Double> alone(
      Trainer trainer, FedData data, int batchSize, Map<String, Metric.Accumulator> into) {
    Stepper stepper = trainer.stepper();
    RunningMetrics judges = new RunningMetrics(trainer.heads(), stepper.ports());
    judges.judgeBy(into, stepper.ports());
    try (BatchIterator batches = open(data.source(), Batching.of(batchSize))) {
      while (batches.hasNext()) {
        Batch batch = batches.next();
        stepper.test(data.examples(batch), data.rows(batch), batch.position().batch(), judges);
      }
    }
    return judges.results();
  }

  /** What is in memory is copied between batches, the rest read ahead of them. */
  private static BatchIterator open(DataSource data, Batching batching) {
    BatchIterator batches = data.batches(batching, BatchPosition.START);
    return FedData.isWhole(data) ? batches : batches.prefetched();
  }
}
