package dev.tandem.core.train;

import dev.tandem.core.loss.CategoricalCrossentropy;
import dev.tandem.core.loss.CategoricalHinge;
import dev.tandem.core.loss.Loss;
import dev.tandem.core.loss.SparseCategoricalCrossentropy;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.Optional;

/** The two ways to write classes down, numbers and rows, each often given for the other. */
final class ClassForms {

  private ClassForms() {}

  /** What to do with a target that is of the other form; empty if that is not what is wrong. */
  static Optional<String> confused(StepInput port, TensorSpec got) {
    if (port.judged() == null || port.judged().prediction().shape().rank() < 2) {
      return Optional.empty();
    }
    Loss loss = port.judged().loss();
    Shape rows = port.judged().prediction().shape();
    Shape numbers = rows.without(-1);
    if (loss instanceof SparseCategoricalCrossentropy && is(got, rows)) {
      return Optional.of(
          "it takes class numbers: argMax(-1) of these rows, or the loss categoricalCrossentropy"
              + " for the rows themselves");
    }
    boolean wantsRows = loss instanceof CategoricalCrossentropy || loss instanceof CategoricalHinge;
    boolean oneSample = got.dtype().isFPType() && rows.sample().equals(got.shape());
    if (wantsRows && !oneSample && (is(got, numbers) || is(got, rows.with(-1, 1)))) {
      return Optional.of(
          "it takes a row of ones and zeros for each sample; for class numbers use the loss"
              + " sparseCategoricalCrossentropy");
    }
    return Optional.empty();
  }

  private static boolean is(TensorSpec got, Shape shape) {
    return ValidatedExamples.matches(shape, got.shape().toArray());
  }
}
