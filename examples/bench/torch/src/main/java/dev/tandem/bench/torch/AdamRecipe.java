package dev.tandem.bench.torch;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.TensorVector;

/** The numbers of an Adam; epsilon is libtorch's default, 1e-8. */
record AdamRecipe(double rate, double beta1, double beta2) {

  private static final double DEFAULT_BETA1 = 0.9;
  private static final double DEFAULT_BETA2 = 0.999;

  /** libtorch's Adam over parameters. */
  Adam over(TensorVector parameters) {
    AdamOptions options = new AdamOptions(rate);
    setBetas(options);
    return new Adam(parameters, options);
  }

  /**
   * The betas come as a raw pointer to a tuple, whose order in memory is the C++ library's choice:
   * the defaults tell which it is.
   */
  private void setBetas(AdamOptions options) {
    DoublePointer betas = options.betas();
    boolean reversed = betas.get(0) == DEFAULT_BETA2 && betas.get(1) == DEFAULT_BETA1;
    if (!reversed && !(betas.get(0) == DEFAULT_BETA1 && betas.get(1) == DEFAULT_BETA2)) {
      throw new IllegalStateException(
          "Adam's default betas are not (0.9, 0.999) in either order: "
              + betas.get(0)
              + ", "
              + betas.get(1));
    }
    betas.put(0, reversed ? beta2 : beta1);
    betas.put(1, reversed ? beta1 : beta2);
  }
}
