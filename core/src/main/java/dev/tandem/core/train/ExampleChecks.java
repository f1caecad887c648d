package dev.tandem.core.train;

import dev.tandem.core.model.Model;
import dev.tandem.core.train.Programs.Key;
import dev.tandem.core.train.Programs.Use;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What is asked of examples before a step is made of them. */
final class ExampleChecks {

  private final Model model;
  private final StepInputs ports;
  private final boolean examines;
  private final LongSupplier nextStep;

  /**
   * The checks of a trainer.
   *
   * @param examines whether NaN and infinity are looked for
   * @param nextStep the number of the step that messages name
   */
  ExampleChecks(Model model, StepInputs ports, boolean examines, LongSupplier nextStep) {
    this.model = model;
    this.ports = ports;
    this.examines = examines;
    this.nextStep = nextStep;
  }

  /**
   * Examples that fit.
   *
   * @param rows where they come from, or null for their numbers
   * @throws IllegalArgumentException if an array is missing, unknown or of another shape or type
   */
  ValidatedExamples fitting(Examples examples, @Nullable IntFunction<String> rows) {
    return ValidatedExamples.of(ports, examples, rows);
  }

  /**
   * Examples that fit and hold neither NaN nor infinity where a step must not meet it.
   *
   * @throws IllegalArgumentException if an array is missing, unknown or of another shape or type
   * @throws NonFiniteException if one holds NaN or infinity
   */
  ValidatedExamples examined(Examples examples) {
    ValidatedExamples checked = fitting(examples, null);
    examine(checked::get, null);
    return checked;
  }

  /**
   * Searches data for NaN and infinity before it is held against what steps take.
   *
   * @param examples under the names of ports
   * @param rows where they come from, or null for their numbers
   * @throws NonFiniteException if there is one where a step must not meet it
   */
  void examine(Examples examples, @Nullable IntFunction<String> rows) {
    examine(
        port ->
            port == null
                ? null
                : switch (port.kind()) {
                  case INPUT -> examples.inputs().get(port.name());
                  case TARGET -> examples.targets().get(port.name());
                  case WEIGHTS -> examples.weights().get(port.name());
                },
        rows);
  }

  private void examine(
      Function<StepInput, @Nullable INDArray> arrays, @Nullable IntFunction<String> rows) {
    Optional<String> found = examines ? Feeds.findNonFinite(ports, arrays, rows) : Optional.empty();
    if (found.isPresent()) {
      throw NonFinite.inExamples(model, found.get(), nextStep.getAsLong());
    }
  }

  /**
   * Looks at the indices in many samples before a step is made of any of them.
   *
   * @param all the samples, which fit
   * @param samples how many there are
   * @param batch how many a step takes
   * @throws IllegalArgumentException if one has no row
   */
  static void requireIndices(
      Programs programs, ValidatedExamples all, int samples, int batch, Use use) {
    long size = Math.min(batch, samples);
    FedIndices indices = programs.get(new Key(use, size, all.weighted())).indices();
    if (indices.areWhole()) {
      indices.check(all);
      return;
    }
    for (long from = 0; from < samples; from += size) {
      long first = Math.min(from, samples - size);
      indices.check(all.rows(first, first + size));
    }
  }
}
