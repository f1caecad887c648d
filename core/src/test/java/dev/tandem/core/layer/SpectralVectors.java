package dev.tandem.core.layer;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The state of spectral normalization where its power iteration ends. There a gradient that takes
 * it as constant is the gradient of the function as written, since a singular value does not change
 * with its vectors to first order.
 */
final class SpectralVectors {

  private static final String NAME = "vector_u";

  /** As many as 4,096 iterations. */
  private static final int SQUARINGS = 12;

  private SpectralVectors() {}

  /** Whether there is any among some weights. */
  static boolean areIn(List<Weight> weights) {
    return weights.stream().anyMatch(weight -> weight.name().startsWith(NAME));
  }

  /** Moves the vectors among the values of some weights to where the iteration ends. */
  static void settle(List<Weight> weights, List<INDArray> values) {
    List<String> names = weights.stream().map(Weight::name).toList();
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).startsWith(NAME)) {
        String kernel = names.get(i).equals(NAME) ? "kernel" : names.get(i).substring(9);
        INDArray all = values.get(names.indexOf(kernel));
        INDArray matrix = all.reshape(-1, all.size(all.rank() - 1));
        INDArray power = matrix.transpose().mmul(matrix);
        for (int step = 0; step < SQUARINGS; step++) {
          power = power.mmul(power);
          power.divi(power.norm2Number());
        }
        INDArray u = values.get(i).mmul(power);
        u.divi(u.norm2Number());
        values.get(i).assign(u);
      }
    }
  }
}
