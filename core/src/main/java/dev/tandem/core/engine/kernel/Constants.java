package dev.tandem.core.engine.kernel;

import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Fixed arrays that the kernels of one plan share. They live as long as the plan. */
public final class Constants implements AutoCloseable {

  private record Key(double number, DataType dtype, long length) {}

  private final Map<Key, INDArray> filled = new HashMap<>();

  /** A vector of one number everywhere. */
  public INDArray filled(double number, DataType dtype, long length) {
    return filled.computeIfAbsent(new Key(number, dtype, length), Constants::make);
  }

  private static INDArray make(Key key) {
    INDArray vector = Nd4j.createUninitializedDetached(key.dtype(), key.length());
    vector.assign(key.number());
    return vector;
  }

  /** The bytes they take. */
  public long bytes() {
    return filled.values().stream()
        .mapToLong(array -> array.length() * array.dataType().width())
        .sum();
  }

  @Override
  public void close() {
    filled.values().forEach(INDArray::close);
    filled.clear();
  }
}
