package dev.tandem.gan.conditioning;

import dev.tandem.core.data.Column;
import dev.tandem.core.data.DataSource;
import dev.tandem.core.tensor.TensorSpec;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A column of the data that steps take, found there by shape and type. */
public interface DataColumn {

  /** The name of the step input that takes it. */
  String input();

  /** Whether it is a target of the data, not an input. */
  boolean isTarget();

  /** What steps take: (batch, …) and the type, to which columns are converted. */
  TensorSpec spec();

  /**
   * The column in data.
   *
   * @throws IllegalArgumentException if there is not one that fits; names those there are
   */
  Column find(DataSource data);

  /**
   * Looks at rows of the column before steps take them.
   *
   * @param what they are, as in {@code target "label" of the data set}
   * @param rows (n, …), as a source in memory has them, or in batches
   * @param origins where rows come from, or null for their numbers
   * @throws IllegalArgumentException if one has no meaning here; names it
   */
  default void check(String what, INDArray rows, @Nullable IntFunction<String> origins) {}
}
