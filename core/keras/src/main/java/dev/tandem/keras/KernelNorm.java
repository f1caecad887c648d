package dev.tandem.keras;

import dev.tandem.core.layer.SpectralNormalization;
import dev.tandem.core.layer.Weight;
import java.util.Locale;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** By how much predictions of a spectrally normalized layer differ from those of Keras. */
final class KernelNorm {

  private KernelNorm() {}

  /** A remark with the norm that Tandem divides by and Keras, when it predicts, does not. */
  static Optional<String> remark(SpectralNormalization layer) {
    Optional<Weight> vector = find(layer, "vector_u");
    Optional<Weight> kernel = find(layer, "kernel").or(() -> find(layer, "embeddings"));
    if (vector.isEmpty() || kernel.isEmpty()) {
      return Optional.empty();
    }
    INDArray values = kernel.get().values().castTo(DataType.DOUBLE);
    long columns = values.size(values.rank() - 1);
    INDArray matrix = values.reshape('c', values.length() / columns, columns);
    INDArray v = vector.get().values().castTo(DataType.DOUBLE).mmul(matrix.transpose());
    double length = v.norm2Number().doubleValue();
    double norm = length == 0 ? 0 : v.div(length).mmul(matrix).norm2Number().doubleValue();
    return Optional.of(
        String.format(
            Locale.ROOT,
            "its kernel has the norm %.4f: Keras predicts with the kernel as it is stored, which"
                + " its training steps have divided; Tandem divides by the norm in each call",
            norm));
  }

  private static Optional<Weight> find(SpectralNormalization layer, String name) {
    return layer.weights().stream().filter(weight -> weight.name().equals(name)).findFirst();
  }
}
