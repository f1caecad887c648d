package dev.tandem.core.tensor;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A look for numbers that are no indices of a table: one comparison for each, without garbage where
 * they are {@linkplain Numbers read in place}. The array may change between two looks.
 */
public final class IndexScan {

  private final INDArray array;
  private final long[] limits;
  private final @Nullable Numbers inPlace;

  /**
   * A look at an array of integers, or of numbers whose fractions are cut off.
   *
   * @param limits how many rows the table has: indices lie in [0, limit); of several limits each is
   *     that of one place along the last axis
   */
  public IndexScan(INDArray array, long... limits) {
    this.array = array;
    this.limits = limits.clone();
    this.inPlace = Numbers.isInPlace(array) ? Numbers.of(array) : null;
  }

  /** Where, counted in 'c' order, the first number lies that is no index; -1 if all are. */
  public long firstOutside() {
    Numbers numbers = inPlace == null ? Numbers.of(array) : inPlace;
    if (limits.length == 1) {
      return numbers.firstOutside(limits[0]);
    }
    for (long i = 0; i < numbers.length(); i++) {
      long number = numbers.whole(i);
      if (number < 0 || number >= limits[(int) (i % limits.length)]) {
        return i;
      }
    }
    return -1;
  }
}
