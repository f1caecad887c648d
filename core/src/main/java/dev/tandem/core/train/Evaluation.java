package dev.tandem.core.train;

import com.google.common.collect.ImmutableMap;
import dev.tandem.core.data.Batch;
import dev.tandem.core.data.BatchIterator;
import dev.tandem.core.data.Batching;
import dev.tandem.core.data.Dataset;

/** Losses and metrics over a data set, in inference mode. */
final class Evaluation {

  private Evaluation() {}

  /** Means over all samples; the data's names are the model's. */
  static ImmutableMap<String, Double> of(Trainer trainer, Dataset data, int batchSize) {
    Stepper stepper = trainer.stepper();
    stepper.guard().enter();
    try {
      return alone(trainer, data, batchSize);
    } finally {
      stepper.guard().leave();
    }
  }

  private static ImmutableMap<String, Double> alone(Trainer trainer, Dataset data, int batchSize) {
    Stepper stepper = trainer.stepper();
    RunningMetrics judges = new RunningMetrics(trainer.heads(), stepper.ports());
    try (BatchIterator batches = data.batches(Batching.of(batchSize), 0)) {
      while (batches.hasNext()) {
        Batch batch = batches.next();
        stepper.test(Examples.of(batch), batch.position().batch(), judges);
      }
    }
    return judges.results();
  }
}
