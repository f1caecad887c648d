package dev.tandem.core.layer;

import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.tensor.Shape;
import java.util.Arrays;
import java.util.function.Supplier;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A mistake and what is said of it.
 *
 * @param message of the exception
 * @param mistake throws it
 */
record Mistake(String message, Runnable mistake) {

  static Mistake of(String message, Supplier<?> mistake) {
    return new Mistake(message, mistake::get);
  }

  static Mistake call(String message, Layer layer, SymbolicTensor... inputs) {
    return of(message, () -> layer.applyAll(Arrays.asList(inputs)));
  }

  static Input input(String name, long... sample) {
    return Input.of(name, sample);
  }

  static Input integers(String name, long... sample) {
    return Input.of(name, Shape.of(sample), DataType.INT32);
  }

  @Override
  public String toString() {
    return message;
  }
}
