package dev.tandem.core.tensor;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A look for numbers that are no indices of a table: one comparison for each, without garbage where
 * they are {@linkplain Numbers read in place}. The array may change between two looks.
 */
public final class IndexScan {

  private final INDArray array;
  private final long limit;
  private final @Nullable Numbers inPlace;

  /**
   * A look at an array of integers, or of numbers whose fractions are cut off.
   *
   * @param limit how many rows the table has: indices lie in [0, limit)
   */
  public IndexScan(INDArray array, long limit) {
    this.array = array;
    this.limit = limit;
    this.inPlace = Numbers.isInPlace(array) ? Numbers.of(array) : null;
  }

  /** Where, counted in 'c' order, the first number lies that is no index; -1 if all are. */
  public long firstOutside() {
    Numbers numbers = inPlace == null ? Numbers.of(array) : inPlace;
    long length = numbers.length();
    for (long i = 0; i < length; i++) {
      long number = numbers.whole(i);
      if (number < 0 || number >= limit) {
        return i;
      }
    }
    return -1;
  }
}
