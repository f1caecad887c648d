package dev.tandem.core.io;

import java.util.Arrays;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;

/** The types of numbers in files. */
enum ElementType {
  FLOAT16("float16", DataType.FLOAT16),
  BFLOAT16("bfloat16", DataType.BFLOAT16),
  FLOAT32("float32", DataType.FLOAT),
  FLOAT64("float64", DataType.DOUBLE),
  BOOL("bool", DataType.BOOL),
  INT8("int8", DataType.INT8),
  UINT8("uint8", DataType.UINT8),
  INT16("int16", DataType.INT16),
  INT32("int32", DataType.INT32),
  INT64("int64", DataType.INT64);

  private final String label;
  private final DataType dtype;

  ElementType(String label, DataType dtype) {
    this.label = label;
    this.dtype = dtype;
  }

  /** Its name in files. */
  String label() {
    return label;
  }

  DataType dtype() {
    return dtype;
  }

  /** The bytes of one number. */
  int bytes() {
    return dtype.width();
  }

  static Optional<ElementType> ofLabel(String label) {
    return Arrays.stream(values()).filter(type -> type.label.equals(label)).findFirst();
  }

  /**
   * The type of an array.
   *
   * @throws IllegalArgumentException if files cannot hold it
   */
  static ElementType of(DataType dtype) {
    return Arrays.stream(values())
        .filter(type -> type.dtype == dtype)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("files hold no arrays of type " + dtype));
  }
}
