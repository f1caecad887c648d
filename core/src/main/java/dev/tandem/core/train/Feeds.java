package dev.tandem.core.train;

import dev.tandem.core.backend.FiniteProbe;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Examples searched for NaN and infinity. A row of a target whose sample weight is 0, or a step
 * where steps have weights, is left out of loss and metrics, so it may hold anything.
 */
final class Feeds {

  private Feeds() {}

  /**
   * The first array that holds what a step must not meet, with its place; empty if there is none.
   *
   * @param arrays what is given at each port
   * @param rows where samples come from, or null for their numbers
   */
  static Optional<String> findNonFinite(
      StepInputs ports,
      Function<StepInput, @Nullable INDArray> arrays,
      @Nullable IntFunction<String> rows) {
    for (StepInput port : ports.all()) {
      INDArray array = arrays.apply(port);
      if (array == null || !ports.isTrainedOn(port) || FiniteProbe.isFinite(array)) {
        continue;
      }
      INDArray weights =
          port.kind() == StepInput.Kind.TARGET ? arrays.apply(ports.weightsOf(port)) : null;
      Optional<String> found =
          weights == null ? firstOther(array, rows) : inRowsThatCount(array, weights, rows);
      if (found.isPresent()) {
        return found.map(place -> port.label() + " holds " + place + advice(port));
      }
    }
    return Optional.empty();
  }

  private static String advice(StepInput port) {
    return port.kind() == StepInput.Kind.TARGET
        ? "; clean the data, or give what is missing a sample weight of 0"
        : "; clean the data";
  }

  private static Optional<String> firstOther(INDArray array, @Nullable IntFunction<String> rows) {
    OptionalLong found = FiniteProbe.of(array).firstOther();
    return found.isPresent()
        ? Optional.of(place(array, found.getAsLong(), rows))
        : Optional.empty();
  }

  private static String place(INDArray array, long index, @Nullable IntFunction<String> rows) {
    int row = array.rank() == 0 ? 0 : (int) (index / (array.length() / array.size(0)));
    return NonFinite.describe(array, index)
        + ", in "
        + (rows == null ? "row " + row : rows.apply(row));
  }

  private static Optional<String> inRowsThatCount(
      INDArray target, INDArray weights, @Nullable IntFunction<String> rows) {
    INDArray weighed = StepWeights.rows(target, weights);
    for (long row = 0; row < weighed.size(0); row++) {
      OptionalLong found =
          row < weights.length() && weights.getDouble(row) == 0
              ? OptionalLong.empty()
              : FiniteProbe.of(SampleRows.of(weighed, row)).firstOther();
      if (found.isPresent()) {
        long perRow = weighed.length() / weighed.size(0);
        return Optional.of(place(target, row * perRow + found.getAsLong(), rows));
      }
    }
    return Optional.empty();
  }

  /**
   * A target in which rows that hold NaN or infinity and have the sample weight 0 are replaced by
   * one that is finite, so that what is multiplied with 0 is a number; the target itself if there
   * are none.
   *
   * @param target (batch, …)
   * @param weights (batch), or (batch, steps) for targets (batch, steps, …)
   */
  static INDArray masked(INDArray target, INDArray weights) {
    if (target.rank() == 0 || FiniteProbe.isFinite(target)) {
      return target;
    }
    INDArray rows = StepWeights.rows(target, weights);
    if (rows.size(0) != weights.length()) {
      return target;
    }
    INDArray masked = rows.dup('c');
    INDArray stand = standIn(rows);
    for (long i = 0; i < rows.size(0); i++) {
      if (weights.getDouble(i) == 0 && !FiniteProbe.isFinite(SampleRows.of(rows, i))) {
        SampleRows.of(masked, i).assign(stand);
      }
    }
    return masked.reshape('c', target.shape());
  }

  /** The first row that is finite, else zeros. */
  private static INDArray standIn(INDArray target) {
    for (long i = 0; i < target.size(0); i++) {
      INDArray row = SampleRows.of(target, i);
      if (FiniteProbe.isFinite(row)) {
        return row.dup('c');
      }
    }
    return Nd4j.zeros(target.dataType(), SampleRows.of(target, 0).shape());
  }
}
