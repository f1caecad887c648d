package dev.tandem.gan.train;

import dev.tandem.core.data.Batch;
import dev.tandem.core.data.BatchIterator;
import dev.tandem.core.data.BatchPosition;
import dev.tandem.core.data.Batching;
import dev.tandem.core.data.Dataset;
import dev.tandem.core.op.CounterRandom;
import dev.tandem.core.train.Examples;
import dev.tandem.core.train.Trainer;
import dev.tandem.gan.pair.AdversarialPair;
import dev.tandem.gan.step.Steps;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Real samples without end, in an order that follows from the seed; cut up for packing. */
final class RealBatches implements AutoCloseable {

  private static final int ORDER = 101;

  private final AdversarialPair pair;
  private final RealData names;
  private final Dataset data;
  private final Batching batching;
  private final int batch;
  private final INDArray rows;
  private final Map<Trainer, Examples> examples = new HashMap<>();
  private BatchIterator batches;
  private @Nullable Map<String, INDArray> current;

  RealBatches(AdversarialTraining recipe, Dataset data, BatchPosition from) {
    this.pair = recipe.pair();
    this.names = RealData.of(pair, data);
    this.data = data;
    this.batch = recipe.batch();
    this.batching =
        Batching.of(Math.multiplyExact(batch, pair.packing()))
            .shuffled(CounterRandom.of(recipe.seed(), ORDER).key())
            .droppingRemainder();
    this.rows = Nd4j.zeros(pair.sample().dtype(), batch, 1);
    this.batches = data.endlessBatches(batching, from);
  }

  /** Reads the next batch. */
  void next() {
    Batch read = batches.next();
    examples.clear();
    Map<String, INDArray> arrays = new LinkedHashMap<>();
    INDArray samples = read.input(names.samples());
    for (int i = 0; i < pair.packing(); i++) {
      long from = (long) i * batch;
      arrays.put(
          Steps.realName(i),
          pair.packing() == 1 ? samples : samples.get(NDArrayIndex.interval(from, from + batch)));
    }
    names.labels().ifPresent(label -> arrays.put(Steps.LABEL, read.target(label)));
    arrays.put(Steps.ROWS, rows);
    current = arrays;
  }

  /** What a trainer takes of the batch that was read last. */
  Examples examples(Trainer trainer) {
    return examples.computeIfAbsent(trainer, this::of);
  }

  private Examples of(Trainer trainer) {
    Map<String, INDArray> taken = new LinkedHashMap<>();
    trainer.model().inputs().keySet().forEach(name -> taken.put(name, current.get(name)));
    return Examples.of(taken);
  }

  /** Where the batch stands that comes next. */
  BatchPosition position() {
    return batches.position();
  }

  /** Goes on from another place. */
  void moveTo(BatchPosition position) {
    batches.close();
    batches = data.endlessBatches(batching, position);
    current = null;
    examples.clear();
  }

  @Override
  public void close() {
    batches.close();
  }
}
