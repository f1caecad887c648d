package dev.tandem.gan.train;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.backend.FiniteProbe;
import dev.tandem.core.data.Batch;
import dev.tandem.core.data.Dataset;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.train.FiniteChecks;
import dev.tandem.gan.conditioning.DataColumn;
import dev.tandem.gan.pair.AdversarialPair;
import java.util.Locale;
import java.util.OptionalLong;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The arrays of the data sets that a pair is trained on.
 *
 * @param sets one, or with a cycle one of each domain
 * @param columns what the steps take of each set
 */
record RealData(ImmutableList<Dataset> sets, ImmutableList<ImmutableList<Column>> columns) {

  /**
   * An array of a data set.
   *
   * @param kind of column
   * @param name of the array in the data set
   */
  record Column(DataColumn kind, String name) {

    INDArray of(Batch batch) {
      return kind.forStep(kind.isTarget() ? batch.target(name) : batch.input(name));
    }

    INDArray of(Dataset data) {
      return kind.isTarget() ? data.target(name) : data.input(name);
    }
  }

  /**
   * Finds the columns that the pair's conditioning asks for.
   *
   * @throws IllegalArgumentException if there is not one of each; names those there are
   */
  static RealData of(AdversarialPair pair, ImmutableList<Dataset> sets) {
    ImmutableList<ImmutableList<DataColumn>> wanted = pair.conditioning().columns(pair.networks());
    if (sets.size() != wanted.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a pair with %s learns from %d data sets, got %d; call %s",
              pair.conditioning(),
              wanted.size(),
              sets.size(),
              wanted.size() == 1 ? "start(data)" : "start(first, second), one of each domain"));
    }
    sets.forEach(Dataset::requireReadable);
    ImmutableList.Builder<ImmutableList<Column>> columns = ImmutableList.builder();
    for (int i = 0; i < sets.size(); i++) {
      Dataset set = sets.get(i);
      columns.add(
          wanted.get(i).stream()
              .map(kind -> new Column(kind, kind.find(set)))
              .collect(ImmutableList.toImmutableList()));
    }
    return new RealData(sets, columns.build());
  }

  /**
   * Looks for NaN and infinity, once and for all rounds.
   *
   * @throws IllegalArgumentException if there is one; names its row
   */
  void requireFinite() {
    for (int i = 0; i < sets.size() && FiniteChecks.ofExamples(); i++) {
      for (Column column : columns.get(i)) {
        INDArray array = column.of(sets.get(i));
        OptionalLong found = FiniteProbe.of(array).firstOther();
        if (found.isPresent()) {
          long row = found.getAsLong() / (array.length() / array.size(0));
          throw new IllegalArgumentException(
              "the data's "
                  + (column.kind().isTarget() ? "target" : "input")
                  + " \""
                  + column.name()
                  + "\" "
                  + Shape.of(array.shape())
                  + " holds NaN or infinity in row "
                  + row
                  + "; clean that sample or leave it out");
        }
      }
    }
  }

  /** All rows of the column that a step input takes: (n, …). */
  INDArray of(String input) {
    for (int i = 0; i < sets.size(); i++) {
      for (Column column : columns.get(i)) {
        if (column.kind().input().equals(input)) {
          return column.of(sets.get(i));
        }
      }
    }
    throw new IllegalArgumentException("no step takes \"" + input + "\" of the data");
  }
}
