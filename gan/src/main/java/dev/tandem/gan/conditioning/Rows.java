package dev.tandem.gan.conditioning;

import dev.tandem.core.op.random.CounterRandom;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Random rows of an array. */
final class Rows {

  private Rows() {}

  /**
   * Rows sampled by a seed, each as likely as the others.
   *
   * @param from (n, …)
   * @return a new array (count, …)
   */
  static INDArray sampled(INDArray from, int count, long seed) {
    long[] shape = from.shape().clone();
    shape[0] = count;
    CounterRandom random = CounterRandom.of(seed);
    INDArray rows = Nd4j.createUninitialized(from.dataType(), shape, 'c');
    for (int i = 0; i < count; i++) {
      long row = (long) (random.uniform(i) * from.size(0));
      rows.get(NDArrayIndex.point(i)).assign(from.get(NDArrayIndex.point(row)));
    }
    return rows;
  }
}
