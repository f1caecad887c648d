package dev.tandem.gan.train;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import dev.tandem.core.data.Dataset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** A short text that tells data apart: of names, types, shapes, and rows from all over the sets. */
final class DataDigest {

  private static final int ROWS = 64;
  private static final int LETTERS = 16;

  private DataDigest() {}

  static String of(List<Dataset> sets) {
    Hasher hasher = Hashing.sha256().newHasher();
    for (Dataset set : sets) {
      add(hasher, set.inputs());
      add(hasher, set.targets());
    }
    return hasher.hash().toString().substring(0, LETTERS);
  }

  private static void add(Hasher hasher, Map<String, INDArray> arrays) {
    arrays.forEach(
        (name, array) -> {
          hasher.putString(name, StandardCharsets.UTF_8);
          hasher.putString(array.dataType().name(), StandardCharsets.UTF_8);
          for (long size : array.shape()) {
            hasher.putLong(size);
          }
          long rows = array.size(0);
          for (long i = 0; i < Math.min(ROWS, rows); i++) {
            row(hasher, array, i * rows / Math.min(ROWS, rows));
          }
        });
  }

  private static void row(Hasher hasher, INDArray array, long row) {
    try (INDArray one =
        array.get(NDArrayIndex.interval(row, row + 1)).castTo(DataType.DOUBLE).dup('c')) {
      for (double value : one.reshape(one.length()).toDoubleVector()) {
        hasher.putDouble(value);
      }
    }
  }
}
