package dev.tandem.gan.net;

import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Lambda;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/**
 * The score of a discriminator that is an autoencoder, to build nets with: how far a sample lies
 * from what the autoencoder makes of it (EBGAN, Zhao et al., 2016, arXiv:1609.03126; BEGAN,
 * Berthelot et al., 2017, arXiv:1703.10717).
 */
public final class Reconstruction {

  private Reconstruction() {}

  /**
   * The mean absolute error of each sample.
   *
   * @param sample (batch, …)
   * @param decoded what the autoencoder makes of it, of the same shape
   * @return (batch, 1), at least 0
   */
  public static SymbolicTensor absoluteError(SymbolicTensor sample, SymbolicTensor decoded) {
    return error(sample, decoded, Ops::abs);
  }

  /**
   * The mean squared error of each sample.
   *
   * @param sample (batch, …)
   * @param decoded what the autoencoder makes of it, of the same shape
   * @return (batch, 1), at least 0
   */
  public static SymbolicTensor squaredError(SymbolicTensor sample, SymbolicTensor decoded) {
    return error(sample, decoded, Ops::square);
  }

  private static SymbolicTensor error(
      SymbolicTensor sample, SymbolicTensor decoded, BiFunction<Ops, Value, Value> size) {
    return Lambda.of((ops, in) -> mean(ops, size.apply(ops, ops.subtract(in.get(0), in.get(1)))))
        .apply(sample, decoded);
  }

  private static Value mean(Ops ops, Value errors) {
    int[] axes = IntStream.range(1, errors.rank()).toArray();
    return ops.reshape(ops.mean(errors, false, axes), errors.shape().size(0), 1);
  }
}
