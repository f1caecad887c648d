package dev.tandem.core.train;

import com.google.common.collect.ImmutableMap;
import dev.tandem.core.data.BatchIterator;
import dev.tandem.core.data.Batching;
import dev.tandem.core.data.Dataset;

/** Losses and metrics over a data set, in inference mode. */
final class Evaluation {

  private Evaluation() {}

  static ImmutableMap<String, Double> of(Trainer trainer, Dataset data, int batchSize) {
    Judges judges = new Judges(trainer.heads());
    try (BatchIterator batches = data.batches(Batching.of(batchSize), 0)) {
      while (batches.hasNext()) {
        Examples examples = Examples.of(batches.next());
        trainer.test(Checked.of(trainer.model(), trainer.heads(), examples), judges);
      }
    }
    return judges.results();
  }
}
