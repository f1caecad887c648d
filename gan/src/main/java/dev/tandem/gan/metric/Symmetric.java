package dev.tandem.gan.metric;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Functions of symmetric matrices by their eigenvalues, from LAPACK's {@code dsyev}. */
final class Symmetric {

  private Symmetric() {}

  /** The square root of a positive semidefinite matrix; eigenvalues below zero count as zero. */
  static INDArray squareRoot(INDArray matrix) {
    INDArray vectors = matrix.dup('f');
    INDArray values = eigen(vectors, 'V');
    INDArray left = vectors.dup('c');
    double[] roots = values.data().asDouble();
    for (int i = 0; i < roots.length; i++) {
      roots[i] = Math.sqrt(Math.max(0, roots[i]));
    }
    INDArray scaled = left.mulRowVector(Nd4j.createFromArray(roots)).dup('c');
    INDArray root = Matrices.create(matrix.size(0), matrix.size(0));
    Matrices.timesTransposed(scaled, left, root);
    return root;
  }

  /** The trace of the square root of a positive semidefinite matrix. */
  static double traceOfRoot(INDArray matrix) {
    double trace = 0;
    for (double value : eigen(matrix.dup('f'), 'N').data().asDouble()) {
      trace += Math.sqrt(Math.max(0, value));
    }
    return trace;
  }

  /** The eigenvalues; the matrix becomes their vectors, in columns, or is spoilt. */
  private static INDArray eigen(INDArray matrix, char job) {
    INDArray values = Nd4j.createUninitialized(matrix.dataType(), matrix.size(0));
    int failed = Nd4j.getBlasWrapper().lapack().syev(job, 'L', matrix, values);
    if (failed != 0) {
      throw new IllegalStateException(
          "eigenvalues of a covariance of "
              + matrix.size(0)
              + " features did not converge (dsyev: "
              + failed
              + ")");
    }
    return values;
  }
}
