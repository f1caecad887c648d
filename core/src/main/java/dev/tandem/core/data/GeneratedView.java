package dev.tandem.core.data;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A generated source with columns converted otherwise, more threads, or other epochs. */
record GeneratedView(
    GeneratedSource source, ImmutableList<Column> columns, int workers, int batchesPerEpoch)
    implements GeneratedSource {

  /** All of a source. */
  static GeneratedView of(GeneratedSource source) {
    return source instanceof GeneratedView view
        ? view
        : new GeneratedView(source, source.columns(), source.workers(), source.batchesPerEpoch());
  }

  @Override
  public String name() {
    return source.name();
  }

  @Override
  public void fill(long seed, long step, List<INDArray> batch) {
    source.fill(seed, step, batch);
  }

  @Override
  public GeneratedView withEpochsOf(int batches) {
    if (batches < 1) {
      throw new IllegalArgumentException(
          "number of batches of an epoch is not at least 1: " + batches);
    }
    return new GeneratedView(source, columns, workers, batches);
  }

  @Override
  public GeneratedView withWorkers(int threads) {
    return new GeneratedView(source, columns, Columns.requireWorkers(threads), batchesPerEpoch);
  }

  @Override
  public GeneratedView with(UnaryOperator<Column> change) {
    return new GeneratedView(
        source, Columns.with(name(), columns, change), workers, batchesPerEpoch);
  }
}
