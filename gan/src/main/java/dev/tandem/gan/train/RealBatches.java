package dev.tandem.gan.train;

import dev.tandem.core.data.Batch;
import dev.tandem.core.data.BatchIterator;
import dev.tandem.core.data.BatchPosition;
import dev.tandem.core.data.Batching;
import dev.tandem.core.data.DataSource;
import dev.tandem.core.data.Prefetcher;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.core.tensor.OwnedArrays;
import dev.tandem.core.train.Examples;
import dev.tandem.core.train.Trainer;
import dev.tandem.gan.conditioning.InputNames;
import dev.tandem.gan.pair.AdversarialPair;
import java.lang.ref.Cleaner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Endless batches of real samples, read ahead of the steps, in an order that follows from the seed,
 * cut up for packing. Each data set has an order of its own, and one batch is read of each: where
 * the first one stands, and so how many were read, says where the others do.
 */
final class RealBatches implements AutoCloseable {

  private static final int ORDER = 101;

  /** Ends the threads that read ahead for a trainer that nobody closed. */
  private static final Cleaner CLEANER = Cleaner.create();

  private final AdversarialPair pair;
  private final RealData data;
  private final List<Batching> batchings = new ArrayList<>();
  private final int batch;
  private final INDArray rows;

  /** What the parts of a step take: batches of their own, or the one that was read last. */
  private final List<Part> parts = new ArrayList<>();

  private final SampleRange range;
  private List<BatchIterator> batches = List.of();
  private boolean reading;
  private Cleaner.@Nullable Cleanable cleaning;

  /** A batch, and the examples that trainers take of it. */
  private static final class Part {

    private final Map<Trainer, Examples> examples = new HashMap<>();
    private @Nullable Map<String, INDArray> arrays;
  }

  RealBatches(AdversarialTraining recipe, RealData data, BatchPosition from) {
    this.pair = recipe.pair();
    this.data = data;
    this.batch = recipe.batch();
    for (int i = 0; i < data.sets().size(); i++) {
      CounterRandom order =
          i == 0
              ? CounterRandom.of(recipe.seed().orElseThrow(), ORDER)
              : CounterRandom.of(recipe.seed().orElseThrow(), ORDER, i);
      batchings.add(
          Batching.of(Math.multiplyExact(batch, pair.packing()))
              .shuffled(order.key())
              .droppingRemainder()
              .dealt(recipe.workers().rank(), recipe.workers().count()));
    }
    for (int part = 0; part < recipe.schedule().accumulation(); part++) {
      parts.add(new Part());
    }
    this.rows = OwnedArrays.create(pair.sample().dtype(), batch, 1).assign(0);
    this.range = new SampleRange(pair, data);
    moveTo(from);
  }

  /** Reads the next batch, for a part of a step. */
  void next(int part) {
    Map<String, INDArray> arrays = new LinkedHashMap<>();
    if (!reading) {
      readAhead();
    }
    if (part == 0 && parts.size() > 1) {
      batches.forEach(this::skipRest);
    }
    for (int i = 0; i < batches.size(); i++) {
      Batch read = batches.get(i).next();
      data.check(i, read);
      data.columns().get(i).forEach(column -> arrays.put(column.kind().input(), column.of(read)));
    }
    range.look(arrays);
    if (pair.packing() > 1) {
      cutUp(arrays);
    }
    keep(parts.get(part), arrays);
  }

  /** Goes on to the next epoch where this one has not all batches of a step left. */
  private void skipRest(BatchIterator all) {
    int readers = batchings.get(0).deal().count();
    BatchPosition here = all.position();
    int perEpoch = all.batchesPerEpoch().orElse(0);
    if (perEpoch >= parts.size() && perEpoch * readers - here.batch() < parts.size() * readers) {
      while (all.position().epoch() == here.epoch()) {
        all.next();
      }
    }
  }

  /** Several batches at once are copied: the next one is read into the same memory. */
  private void keep(Part part, Map<String, INDArray> read) {
    if (parts.size() == 1) {
      part.arrays = read;
    } else if (part.arrays == null) {
      Map<String, INDArray> kept = new LinkedHashMap<>();
      read.forEach((name, array) -> kept.put(name, array.dup('c')));
      part.arrays = kept;
    } else {
      Map<String, INDArray> kept = part.arrays;
      read.forEach((name, array) -> Objects.requireNonNull(kept.get(name)).assign(array));
    }
    part.arrays.put(InputNames.ROWS, rows);
    part.examples.clear();
  }

  private void readAhead() {
    batches = batches.stream().map(BatchIterator::prefetched).toList();
    reading = true;
    List<BatchIterator> abandoned = batches;
    cleaning = CLEANER.register(this, () -> abandoned.forEach(BatchIterator::close));
  }

  private void cutUp(Map<String, INDArray> arrays) {
    INDArray samples = Objects.requireNonNull(arrays.get(InputNames.real(0)));
    for (int i = 0; i < pair.packing(); i++) {
      long from = (long) i * batch;
      arrays.put(InputNames.real(i), samples.get(NDArrayIndex.interval(from, from + batch)));
    }
  }

  /** The bytes of all batches that are in memory at once. */
  long bytes() {
    long all = 0;
    for (int i = 0; i < data.fed().size(); i++) {
      DataSource set = data.fed().get(i);
      long row =
          set.columns().stream()
              .mapToLong(column -> column.sample().length() * column.dtype().width())
              .sum();
      int kept = parts.size() == 1 ? 0 : parts.size();
      all += row * batchings.get(i).size() * (Prefetcher.buffers(set.workers()) + kept);
    }
    return all;
  }

  /** The inputs of a trainer in the batch that was read last for a part of a step. */
  Examples examples(Trainer trainer, int part) {
    Part read = parts.get(part);
    return read.examples.computeIfAbsent(
        trainer, taking -> of(taking, Objects.requireNonNull(read.arrays)));
  }

  private static Examples of(Trainer trainer, Map<String, INDArray> read) {
    Map<String, INDArray> taken = new LinkedHashMap<>();
    trainer.model().inputs().keySet().forEach(name -> taken.put(name, read.get(name)));
    return Examples.of(taken);
  }

  /** The position of the next batch in the first data set. */
  BatchPosition position() {
    return batches.get(0).position();
  }

  /** Goes on from another place in the first data set, and the one that belongs to it in others. */
  void moveTo(BatchPosition position) {
    close();
    List<BatchIterator> moved = new ArrayList<>();
    moved.add(data.fed().get(0).endlessBatches(batchings.get(0), position));
    for (int i = 1; i < data.fed().size(); i++) {
      DataSource set = data.fed().get(i);
      BatchIterator start = set.endlessBatches(batchings.get(i), BatchPosition.START);
      if (position.equals(BatchPosition.START)) {
        moved.add(start);
        continue;
      }
      long perEpoch = perEpoch(i, start);
      start.close();
      int readers = batchings.get(i).deal().count();
      long read = position.epoch() * perEpoch(0, moved.get(0)) + position.batch() / readers;
      BatchPosition there =
          new BatchPosition((int) (read / perEpoch), (int) (read % perEpoch) * readers);
      moved.add(set.endlessBatches(batchings.get(i), there));
    }
    batches = moved;
    reading = false;
    for (int part = 0; part < parts.size(); part++) {
      parts.set(part, new Part());
    }
  }

  /** The batches of an epoch of which this reader makes steps. */
  private long perEpoch(int set, BatchIterator batches) {
    long all = known(set, batches);
    return all < parts.size() ? all : all - all % parts.size();
  }

  private long known(int set, BatchIterator batches) {
    return batches
        .batchesPerEpoch()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "a run on two data sets is resumed by the number of batches of an epoch, which"
                        + " the "
                        + data.sets().get(set).name()
                        + " does not know; give rows or generated data"));
  }

  @Override
  public void close() {
    if (cleaning != null) {
      cleaning.clean();
      cleaning = null;
    } else {
      batches.forEach(BatchIterator::close);
    }
  }
}
