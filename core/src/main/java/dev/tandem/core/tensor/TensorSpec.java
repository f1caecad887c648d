package dev.tandem.core.tensor;

import java.util.Locale;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * What is known of a tensor before it has values.
 *
 * @param shape its sizes
 * @param dtype its element type; {@link DataType#FLOAT} unless said otherwise
 */
public record TensorSpec(Shape shape, DataType dtype) {

  /** A float32 tensor of the given sizes. */
  public static TensorSpec of(long... sizes) {
    return new TensorSpec(Shape.of(sizes), DataType.FLOAT);
  }

  /** This data type at another shape. */
  public TensorSpec withShape(Shape other) {
    return new TensorSpec(other, dtype);
  }

  /** This shape with another data type. */
  public TensorSpec withType(DataType other) {
    return new TensorSpec(shape, other);
  }

  /** As in {@code float32 (batch, 10)}. */
  @Override
  public String toString() {
    return switch (dtype) {
          case FLOAT -> "float32 ";
          case DOUBLE -> "float64 ";
          case INT -> "int32 ";
          case LONG -> "int64 ";
          default -> dtype.name().toLowerCase(Locale.ROOT) + " ";
        }
        + shape;
  }
}
