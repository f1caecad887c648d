package dev.tandem.core.train;

import dev.tandem.core.data.Batch;
import dev.tandem.core.data.BatchIterator;
import dev.tandem.core.data.BatchPosition;
import dev.tandem.core.data.Batching;
import dev.tandem.core.data.DataSource;
import dev.tandem.core.data.Dataset;
import dev.tandem.core.data.SequenceSource;
import dev.tandem.core.train.Programs.Use;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Data that steps are fed with, under the model's names. What lies in memory is looked at as a
 * whole before the first step; of the rest one batch, to see whether it fits, and every batch
 * before its step.
 */
final class FedData {

  private final Stepper stepper;
  private final DataSource source;
  private final ClassWeights weights;

  private FedData(Stepper stepper, DataSource source, ClassWeights weights) {
    this.stepper = stepper;
    this.source = source;
    this.weights = weights;
  }

  /** Data whose samples all count alike. */
  static FedData of(Stepper stepper, DataSource given) {
    if (given instanceof Dataset inMemory) {
      inMemory.requireReadable();
    }
    return new FedData(stepper, Matching.of(stepper.ports(), given), ClassWeights.NONE);
  }

  /** The same data with the weights of classes. */
  FedData weighted(ClassWeights byClass) {
    return new FedData(stepper, source, byClass);
  }

  DataSource source() {
    return source;
  }

  static boolean isWhole(DataSource source) {
    return source instanceof Dataset;
  }

  /**
   * Searches all of it for NaN and infinity, if it lies in memory.
   *
   * @throws NonFiniteException if there is one where a step must not meet it
   */
  void examine() {
    if (source instanceof Dataset all) {
      stepper.examine(Examples.of(all), null);
    }
  }

  /**
   * Looks whether it fits, before a step is made of any of it.
   *
   * @throws IllegalArgumentException if it does not
   */
  void requireFitting(Batching batching, Use use) {
    if (source instanceof Dataset all) {
      Examples examples = weights.apply(Examples.of(all));
      weights.warn();
      stepper.requireFitting(examples, null, all.size(), batching.size(), use);
    } else if (!(source instanceof SequenceSource once && once.isOnce())) {
      try (BatchIterator batches = source.batches(batching, BatchPosition.START)) {
        Batch first = batches.next();
        Examples examples = weights.apply(Examples.of(first));
        stepper.requireFitting(examples, rows(first), first.size(), first.size(), use);
      }
    }
  }

  /** The examples of a batch, looked at for what is fed without being in memory as a whole. */
  Examples examples(Batch batch) {
    Examples examples = Examples.of(batch);
    if (!isWhole(source)) {
      stepper.examine(examples, rows(batch));
    }
    return weights.apply(examples);
  }

  /** Where rows come from, in messages; null for what lies in memory. */
  @Nullable IntFunction<String> rows(Batch batch) {
    return isWhole(source) ? null : batch::place;
  }
}
