package dev.tandem.gan.conditioning;

import dev.tandem.core.data.Dataset;
import org.nd4j.linalg.api.ndarray.INDArray;

/** An array of a data set that steps take, found there by shape and type. */
public interface DataColumn {

  /** The name of the step input that takes it. */
  String input();

  /** Whether it is a target of the data set, not an input. */
  boolean isTarget();

  /**
   * The name of the array in a data set.
   *
   * @throws IllegalArgumentException if there is not one that fits; names those there are
   */
  String find(Dataset data);

  /** Rows of the array as a step takes them. */
  default INDArray forStep(INDArray rows) {
    return rows;
  }
}
