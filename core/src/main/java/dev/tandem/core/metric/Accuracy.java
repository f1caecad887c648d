package dev.tandem.core.metric;

import dev.tandem.core.tensor.Shape;
import java.util.function.DoubleUnaryOperator;

/**
 * The share of predictions that are right, in the sense that the shapes suggest, as in Keras: with
 * one number per prediction {@link BinaryAccuracy} at 0.5, with targets of one axis less (or of
 * size 1 along the last) {@link SparseCategoricalAccuracy}, else {@link CategoricalAccuracy}.
 * Several independent answers per sample need {@link BinaryAccuracy} by name, and so do logits.
 */
public record Accuracy() implements Metric {

  @Override
  public String name() {
    return "accuracy";
  }

  @Override
  public Accumulator accumulator() {
    return new RowMean(this::judge, DoubleUnaryOperator.identity());
  }

  private RowJudge judge(Shape target, Shape prediction) {
    return prediction.rank() < 2 || prediction.size(-1) == 1
        ? BinaryAccuracy.judge(name(), 0.5)
        : ClassJudge.of(name(), 1, target, prediction);
  }
}
