package dev.tandem.keras;

import dev.tandem.core.tensor.Shape;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * An input of a model of a file.
 *
 * @param name in the model
 * @param place for messages
 * @param sizes of a sample, -1 where they are open; null if nothing is said
 * @param dtype as Keras calls it
 */
record InputPlan(String name, String place, long @Nullable [] sizes, String dtype) {

  /** The shape of a sample; empty if it is open somewhere. */
  Optional<Shape> sample() {
    if (sizes == null) {
      return Optional.empty();
    }
    for (long size : sizes) {
      if (size < 0) {
        return Optional.empty();
      }
    }
    return Optional.of(Shape.of(sizes));
  }

  /** The shape as Keras has it, for messages. */
  String open() {
    if (sizes == null) {
      return "unknown";
    }
    StringBuilder text = new StringBuilder("(batch");
    for (long size : sizes) {
      text.append(", ").append(size < 0 ? "open" : Long.toString(size));
    }
    return text.append(')').toString();
  }

  /** Its type in Tandem. */
  DataType type(boolean integers) {
    if (dtype.equals("int64")) {
      return DataType.INT64;
    }
    if (integers || dtype.equals("int32")) {
      return DataType.INT32;
    }
    return dtype.equals("float64") ? DataType.DOUBLE : DataType.FLOAT;
  }
}
