package dev.tandem.keras;

import dev.tandem.core.tensor.Shape;
import java.util.Locale;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** One array of numbers in a file, not read yet. */
interface StoredArray {

  /** Its place in the file, as in {@code layers/dense/vars/0}. */
  String path();

  /** The last part of the name that Keras gave it, as in {@code kernel}, or its number. */
  String name();

  Shape shape();

  /** What its numbers are in the file, as in {@code float32}. */
  String type();

  /** Whether it counts what statistics were taken of, which no layer here keeps. */
  default boolean isCount() {
    return shape().rank() == 0 && type().toLowerCase(Locale.ROOT).startsWith("int");
  }

  /** Reads it as numbers of this type. */
  INDArray read(DataType type);
}
