package dev.tandem.core.engine;

import dev.tandem.core.tensor.TensorSpec;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Where a value lies.
 *
 * @param buffer the memory
 * @param offset of its first element
 * @param spec its shape and type
 */
record BufferView(Buffer buffer, long offset, TensorSpec spec) {

  /** A whole buffer. */
  static BufferView of(Buffer buffer, TensorSpec spec) {
    return new BufferView(buffer, 0, spec);
  }

  /** Whether nothing else lies in the buffer. */
  boolean isWhole() {
    return offset == 0 && spec.shape().length() == buffer.length();
  }

  /** The value as an array; the buffer must have its memory. */
  INDArray array() {
    long[] sizes = spec.shape().toArray();
    INDArray whole = buffer.array();
    if (whole != null && Arrays.equals(whole.shape(), sizes)) {
      return whole;
    }
    return Nd4j.create(
        Nd4j.createBuffer(buffer.memory(), buffer.start() + offset, spec.shape().length()),
        sizes,
        Nd4j.getStrides(sizes, 'c'),
        0,
        'c',
        spec.dtype());
  }
}
