package dev.tandem.cuda.driver;

import dev.tandem.cuda.device.Command;

/**
 * A product as cuBLASLt sees it. It takes memory by columns: what lies there in 'c' order is the
 * transposed matrix. So the two change places, as (a b)ᵀ is bᵀ aᵀ, and what comes out lies in 'c'
 * order again; the bias, one number for each of our columns, is one for each of its rows.
 *
 * @param transposeFirst whether the first is to be transposed, beyond being seen by columns
 * @param transposeSecond the same of the second
 * @param first our b
 * @param second our a
 * @param out our out, and what is added to it
 * @param batch how many products
 */
record ProductLayout(
    boolean transposeFirst,
    boolean transposeSecond,
    Matrix first,
    Matrix second,
    Matrix out,
    long batch) {

  /**
   * A matrix by columns.
   *
   * @param leading elements from one column to the next
   * @param stride elements from one matrix of a batch to the next
   */
  record Matrix(long rows, long columns, long leading, long stride) {

    /** A matrix that has no gaps. */
    static Matrix dense(long rows, long columns) {
      return new Matrix(rows, columns, rows, rows * columns);
    }
  }

  /** That of a product. */
  static ProductLayout of(Command.Product product) {
    return new ProductLayout(
        product.transposeB(),
        product.transposeA(),
        byColumns(product.inner(), product.columns(), product.transposeB()),
        byColumns(product.rows(), product.inner(), product.transposeA()),
        byColumns(product.rows(), product.columns(), false),
        product.batch());
  }

  /** A matrix in 'c' order, or its transposed one in 'c' order, by columns. */
  private static Matrix byColumns(long rows, long columns, boolean transposed) {
    return transposed ? Matrix.dense(rows, columns) : Matrix.dense(columns, rows);
  }

  /** Whether there is nothing to compute, or nothing to sum. */
  static boolean isEmpty(Command.Product product) {
    return product.batch() == 0
        || product.rows() == 0
        || product.columns() == 0
        || product.inner() == 0;
  }
}
