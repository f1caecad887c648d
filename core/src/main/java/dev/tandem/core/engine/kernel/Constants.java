package dev.tandem.core.engine.kernel;

import dev.tandem.core.tensor.OwnedArrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Fixed arrays that the kernels of one plan share. They live as long as the plan. */
public final class Constants implements AutoCloseable {

  private record Filled(double number, DataType dtype, long length) {}

  private final Map<Object, INDArray> arrays = new HashMap<>();

  /**
   * An array by what it is.
   *
   * @param key equal for equal arrays: a record that says all that the array depends on
   * @param make makes the array at the first time; nobody may write to it afterwards
   */
  public INDArray get(Object key, Supplier<INDArray> make) {
    return arrays.computeIfAbsent(key, k -> make.get());
  }

  /** A vector of one number everywhere. */
  public INDArray filled(double number, DataType dtype, long length) {
    return get(
        new Filled(number, dtype, length), () -> OwnedArrays.create(dtype, length).assign(number));
  }

  /** The bytes they take. */
  public long bytes() {
    return arrays.values().stream()
        .mapToLong(array -> array.length() * array.dataType().width())
        .sum();
  }

  @Override
  public void close() {
    arrays.values().forEach(OwnedArrays::free);
    arrays.clear();
  }
}
