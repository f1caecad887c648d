package dev.tandem.core.train;

import dev.tandem.core.loss.Flaw;
import dev.tandem.core.tensor.TensorSpec;
import dev.tandem.core.train.StepInput.Judged;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The check of a target by the loss of its output. Samples and steps of weight 0 may hold anything.
 */
final class TargetCheck {

  private TargetCheck() {}

  /**
   * The target, if the loss has a meaning for it; class numbers that do not count are 0 there,
   * whatever they were.
   *
   * @param weights of the samples or their steps, or null for ones
   * @throws IllegalArgumentException if it has none
   */
  static INDArray of(
      ValidatedExamples checked, StepInput port, INDArray target, @Nullable INDArray weights) {
    Judged judged = Objects.requireNonNull(port.judged());
    TensorSpec prediction = judged.prediction();
    Optional<Flaw> flaw = judged.loss().flaw(target, prediction);
    if (flaw.isEmpty()) {
      return target;
    }
    if (weights == null) {
      throw refusal(checked, port, target, 0, flaw.get());
    }
    return weighted(checked, port, target, weights);
  }

  private static INDArray weighted(
      ValidatedExamples checked, StepInput port, INDArray target, INDArray weights) {
    Judged judged = Objects.requireNonNull(port.judged());
    TensorSpec prediction = judged.prediction();
    INDArray rows = StepWeights.rows(target, weights);
    INDArray masked = target.dataType().isIntType() ? rows.dup('c') : rows;
    long width = rows.length() / rows.size(0);
    for (long row = 0; row < rows.size(0); row++) {
      INDArray sample = SampleRows.of(rows, row);
      Optional<Flaw> flaw = judged.loss().flaw(sample, prediction);
      if (flaw.isPresent() && weights.getDouble(row) != 0) {
        throw refusal(checked, port, target, row * width, flaw.get());
      }
      if (flaw.isPresent() && masked != rows) {
        SampleRows.of(masked, row).assign(0);
      }
    }
    return masked.reshape('c', target.shape());
  }

  private static IllegalArgumentException refusal(
      ValidatedExamples checked, StepInput port, INDArray target, long first, Flaw flaw) {
    return new IllegalArgumentException(
        checked.ports().model()
            + ": "
            + port.label()
            + " holds "
            + flaw.found()
            + " at "
            + Place.of(checked, port, target, first + flaw.at())
            + ", but "
            + flaw.rule());
  }
}
