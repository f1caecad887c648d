package dev.tandem.keras;

import dev.tandem.core.data.DataFileException;
import dev.tandem.core.tensor.Shape;
import io.jhdf.api.Dataset;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The types of numbers that weights have in HDF5 files. */
final class NumberType {

  private NumberType() {}

  /** As in {@code float32}; the name of the Java class for what is no floating point number. */
  static String of(Dataset dataset) {
    Class<?> type = dataset.getJavaType();
    if (type == float.class || type == double.class) {
      return "float" + 8 * dataset.getDataType().getSize();
    }
    if (type == int.class || type == long.class || type == short.class || type == byte.class) {
      return "int" + 8 * dataset.getDataType().getSize();
    }
    return type.getSimpleName();
  }

  /** Reads floating point numbers. */
  static INDArray read(String file, String path, Dataset dataset, Shape shape, DataType type) {
    if (dataset.isEmpty()) {
      throw new DataFileException(
          file, "holds no numbers at \"" + path + "\"; save the model again");
    }
    Object flat = dataset.isScalar() ? dataset.getData() : dataset.getDataFlat();
    INDArray array;
    if (flat instanceof float[] numbers) {
      array = Nd4j.createFromArray(numbers);
    } else if (flat instanceof double[] numbers) {
      array = Nd4j.createFromArray(numbers);
    } else if (flat instanceof Float number) {
      array = Nd4j.createFromArray(new float[] {number});
    } else if (flat instanceof Double number) {
      array = Nd4j.createFromArray(new double[] {number});
    } else {
      throw new DataFileException(
          file,
          "holds "
              + of(dataset)
              + " at \""
              + path
              + "\", and weights are float16, float32 or float64; save the model as float32");
    }
    INDArray shaped = array.reshape('c', shape.toArray());
    return shaped.dataType() == type ? shaped : shaped.castTo(type);
  }
}
