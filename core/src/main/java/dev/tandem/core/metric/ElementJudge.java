package dev.tandem.core.metric;

import dev.tandem.core.tensor.Shape;
import java.util.function.DoubleBinaryOperator;

/**
 * Judges element by element.
 *
 * @param metric for messages
 * @param judgment of (target, prediction)
 */
record ElementJudge(String metric, DoubleBinaryOperator judgment) implements RowJudge {

  @Override
  public Rows rows(Shape target, Shape prediction) {
    return Rows.ofElements(metric, target, prediction);
  }

  @Override
  public double judge(double[] target, int t, double[] prediction, int p, int width) {
    return judgment.applyAsDouble(target[t], prediction[p]);
  }
}
