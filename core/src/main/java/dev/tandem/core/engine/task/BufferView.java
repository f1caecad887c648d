package dev.tandem.core.engine.task;

import dev.tandem.core.tensor.TensorSpec;

/**
 * Where a value lies: dense, in 'c' order.
 *
 * @param buffer the memory
 * @param offset of its first element, in elements
 * @param spec its shape and type
 */
public record BufferView(Buffer buffer, long offset, TensorSpec spec) {

  /** A value in a buffer of its own. */
  static BufferView alone(Buffer.Home home, TensorSpec spec) {
    return of(new Buffer(home, spec.dtype(), spec.shape().length()), spec);
  }

  /** A whole buffer. */
  static BufferView of(Buffer buffer, TensorSpec spec) {
    return new BufferView(buffer, 0, spec);
  }

  /** Whether nothing else lies in the buffer. */
  public boolean isWhole() {
    return offset == 0 && spec.shape().length() == buffer.length();
  }
}
