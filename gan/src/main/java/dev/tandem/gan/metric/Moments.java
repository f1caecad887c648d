package dev.tandem.gan.metric;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Count, sum and sum of products of some vectors, taken about a fixed center so that little is lost
 * to cancellation. Moments of disjoint samples add up.
 *
 * @param count how many vectors
 * @param sum (1, features)
 * @param products (features, features)
 */
record Moments(long count, INDArray sum, INDArray products) {

  /** The moments of the rows of a matrix about a center (1, features). */
  static Moments of(INDArray rows, INDArray center) {
    INDArray moved = rows.subRowVector(center).dup('c');
    return new Moments(
        rows.size(0),
        moved.sum(true, 0).reshape('c', 1, rows.size(1)),
        Matrices.transposedTimes(moved, moved));
  }

  Moments plus(Moments other) {
    return new Moments(
        count + other.count, sum.add(other.sum), products.add(other.products).dup('c'));
  }

  Moments minus(Moments other) {
    return new Moments(
        count - other.count, sum.sub(other.sum), products.sub(other.products).dup('c'));
  }

  /** The mean, seen from the center: (1, features). */
  INDArray mean() {
    return sum.div(count);
  }

  /** The covariance, divided by count − 1. */
  INDArray covariance() {
    return products.sub(Matrices.transposedTimes(sum, sum).divi(count)).divi(count - 1).dup('c');
  }
}
