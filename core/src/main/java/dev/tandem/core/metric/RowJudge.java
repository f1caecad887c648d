package dev.tandem.core.metric;

import dev.tandem.core.tensor.Shape;

/** A judgment of one row of a batch, to be averaged. */
interface RowJudge {

  /** The division of batches into rows. */
  Rows rows(Shape target, Shape prediction);

  /**
   * Judges a row.
   *
   * @param t where it begins in the targets
   * @param p where it begins in the predictions
   * @param width numbers of the prediction in the row
   */
  double judge(double[] target, int t, double[] prediction, int p, int width);
}
