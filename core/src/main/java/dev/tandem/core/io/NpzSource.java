package dev.tandem.core.io;

import com.google.common.collect.ImmutableMap;
import dev.tandem.core.backend.Backend;
import dev.tandem.core.data.NumpyFile;
import dev.tandem.core.data.NumpyHeader;
import dev.tandem.core.tensor.Shape;
import java.util.Objects;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A file of several arrays of NumPy, compressed or not.
 *
 * @param file the arrays
 * @param entries the same, as tensors
 */
record NpzSource(NumpyFile file, ImmutableMap<String, Entry> entries) implements TensorSource {

  static NpzSource of(NumpyFile file) {
    ImmutableMap.Builder<String, Entry> entries = ImmutableMap.builder();
    file.headers()
        .forEach(
            (name, header) -> {
              Shape shape = Shape.of(header.shape().stream().mapToLong(size -> size).toArray());
              entries.put(name, new Entry(type(header), shape));
            });
    return new NpzSource(file, entries.buildOrThrow());
  }

  private static TensorType type(NumpyHeader header) {
    return switch (header.kind()) {
      case 'b' -> TensorType.BOOL;
      case 'f' -> TensorType.valueOf("F" + 8 * header.bytes());
      case 'u' -> TensorType.valueOf("U" + 8 * header.bytes());
      default -> TensorType.valueOf("I" + 8 * header.bytes());
    };
  }

  @Override
  public ImmutableMap<String, String> metadata() {
    return ImmutableMap.of();
  }

  @Override
  public INDArray read(String name) {
    Backend.require();
    NumpyHeader header = Objects.requireNonNull(file.headers().get(name));
    Entry entry = Objects.requireNonNull(entries.get(name));
    DataType dtype = entry.requireDtype(file.path(), "\"" + name + "\"", "float32");
    INDArray array = Nd4j.createUninitialized(dtype, entry.shape().toArray(), 'c');
    int width = Math.toIntExact(header.rowLength());
    file.read(
        name,
        (index, row) -> {
          for (int i = 0; i < width; i++) {
            array.data().put(index * width + i, header.element(row, i));
          }
        });
    return array;
  }
}
