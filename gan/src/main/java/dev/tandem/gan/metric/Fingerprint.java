package dev.tandem.gan.metric;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.model.Model;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The SHA-256 of a model's weights: path, type, shape and numbers of each, by its path. */
final class Fingerprint {

  private Fingerprint() {}

  static String of(Model model) {
    Hasher hasher = Hashing.sha256().newHasher();
    model.weightsByPath().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> put(hasher, entry.getKey(), entry.getValue()));
    return hasher.hash().toString();
  }

  private static void put(Hasher hasher, String path, Weight weight) {
    hasher.putString(path + " " + weight.spec() + "\n", StandardCharsets.UTF_8);
    INDArray values = weight.values();
    if (values.dataType() == DataType.DOUBLE) {
      for (double value : values.data().asDouble()) {
        hasher.putDouble(value);
      }
    } else {
      for (float value : values.data().asFloat()) {
        hasher.putFloat(value);
      }
    }
  }
}
