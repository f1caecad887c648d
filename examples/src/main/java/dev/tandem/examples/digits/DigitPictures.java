package dev.tandem.examples.digits;

import dev.tandem.core.op.random.CounterRandom;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Batches put together to be looked at. */
public final class DigitPictures {

  private DigitPictures() {}

  /** The first rows, or all if there are fewer. */
  public static INDArray first(INDArray rows, int count) {
    return rows.get(NDArrayIndex.interval(0, Math.min(count, rows.size(0))));
  }

  /** Standard normal codes (count, size) by a seed. */
  public static INDArray normal(long seed, long count, long size) {
    INDArray numbers = Nd4j.createUninitialized(DataType.FLOAT, new long[] {count, size}, 'c');
    CounterRandom.of(seed).normal(numbers);
    return numbers;
  }

  /**
   * Batches in rows under each other: the first so many of the first batch, under them those of the
   * second and so on, then the next of the first.
   *
   * @param columns the images of a row
   * @param batches of one size
   */
  public static INDArray underEachOther(int columns, INDArray... batches) {
    List<INDArray> rows = new ArrayList<>();
    long size = batches[0].size(0);
    for (long from = 0; from < size; from += columns) {
      for (INDArray batch : batches) {
        rows.add(batch.get(NDArrayIndex.interval(from, Math.min(size, from + columns))));
      }
    }
    return Nd4j.concat(0, rows.toArray(INDArray[]::new));
  }
}
