package dev.tandem.core.data;

import java.util.List;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Batches without end that follow from a seed and the number of the step. An epoch is a stated
 * number of batches; where it ends changes no batch.
 */
public non-sealed interface GeneratedSource extends DataSource {

  /** The batches of an epoch unless stated otherwise. */
  int BATCHES_PER_EPOCH = 1000;

  /**
   * Fills a batch. Called by several threads at once.
   *
   * @param seed what everything random follows from: that of a shuffled {@link Batching}, else 0
   * @param step the number of the batch, counted over all epochs
   * @param batch an array {@code (size, …)} for each column in its stored type and 'c' order, to be
   *     overwritten
   */
  void fill(long seed, long step, List<INDArray> batch);

  /** The number of batches that count as an epoch. */
  default int batchesPerEpoch() {
    return BATCHES_PER_EPOCH;
  }

  /**
   * The same batches in epochs of another length.
   *
   * @param batches at least 1
   * @throws IllegalArgumentException if it is less
   */
  default GeneratedSource withEpochsOf(int batches) {
    return GeneratedView.of(this).withEpochsOf(batches);
  }

  @Override
  default OptionalInt rows() {
    return OptionalInt.empty();
  }

  @Override
  default GeneratedSource withWorkers(int threads) {
    return GeneratedView.of(this).withWorkers(threads);
  }

  @Override
  default GeneratedSource with(UnaryOperator<Column> change) {
    return GeneratedView.of(this).with(change);
  }

  @Override
  default GeneratedSource with(String column, UnaryOperator<Column> change) {
    return with(Columns.only(name(), columns(), column, change));
  }
}
