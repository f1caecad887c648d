package dev.tandem.core.io;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;

/** The types of numbers in tensor files, by the labels of safetensors. */
enum TensorType {
  BOOL(1, DataType.BOOL),
  U8(1, DataType.UINT8),
  I8(1, DataType.INT8),
  I16(2, DataType.INT16),
  U16(2, null),
  F16(2, DataType.FLOAT),
  BF16(2, DataType.FLOAT),
  I32(4, DataType.INT32),
  U32(4, null),
  F32(4, DataType.FLOAT),
  F64(8, DataType.DOUBLE),
  I64(8, DataType.INT64),
  U64(8, null),
  F8_E4M3(1, null),
  F8_E5M2(1, null);

  private final int bytes;
  private final @Nullable DataType dtype;

  TensorType(int bytes, @Nullable DataType dtype) {
    this.bytes = bytes;
    this.dtype = dtype;
  }

  /** The bytes of a number. */
  int bytes() {
    return bytes;
  }

  /** The type that holds its numbers here, exactly; none if nothing does. */
  Optional<DataType> dtype() {
    return Optional.ofNullable(dtype);
  }

  /** Whether arrays of this type are read as they are, byte for byte. */
  boolean isExactly(DataType other) {
    return this != F16 && this != BF16 && other == dtype;
  }

  static Optional<TensorType> of(String label) {
    return Arrays.stream(values()).filter(type -> type.name().equals(label)).findFirst();
  }

  /**
   * The type of an array that is written.
   *
   * @throws IllegalArgumentException if there is none
   */
  static TensorType of(DataType dtype) {
    return Arrays.stream(values())
        .filter(type -> type.isExactly(dtype))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("tensor files hold no arrays of type " + dtype));
  }
}
