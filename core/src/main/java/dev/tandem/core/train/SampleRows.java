package dev.tandem.core.train;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Some samples of an array, as a view. */
final class SampleRows {

  private SampleRows() {}

  /** Those from one to another. */
  static INDArray of(INDArray array, long from, long to) {
    return array.get(NDArrayIndex.interval(from, to));
  }

  /** One, which keeps its axis. */
  static INDArray of(INDArray array, long row) {
    return of(array, row, row + 1);
  }
}
