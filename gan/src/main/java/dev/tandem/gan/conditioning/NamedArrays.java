package dev.tandem.gan.conditioning;

import dev.tandem.core.tensor.Shape;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Named arrays of a data set, searched by shape and type. */
record NamedArrays(Map<String, INDArray> all) {

  static NamedArrays of(Map<String, INDArray> arrays) {
    return new NamedArrays(arrays);
  }

  /** The names of those with samples of a shape and a type. */
  List<String> like(Shape sample, Predicate<DataType> types) {
    return all.entrySet().stream()
        .filter(
            entry ->
                types.test(entry.getValue().dataType())
                    && Shape.of(entry.getValue().shape()).sample().equals(sample))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Names, types and shapes, for messages. */
  @Override
  public String toString() {
    return all.entrySet().stream()
        .map(
            entry ->
                "\""
                    + entry.getKey()
                    + "\" "
                    + entry.getValue().dataType()
                    + " "
                    + Shape.of(entry.getValue().shape()))
        .toList()
        .toString();
  }
}
