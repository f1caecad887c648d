package dev.tandem.core.data;

import com.google.common.collect.ImmutableMap;
import dev.tandem.core.backend.Backend;
import dev.tandem.core.tensor.Readable;
import dev.tandem.core.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Collects the inputs, or the targets, of a data set; every array has rows and a name of its own.
 */
final class NamedArrays {

  private final String kind;
  private final Map<String, INDArray> arrays = new LinkedHashMap<>();

  /** Nothing yet; {@code kind} is what messages call an array. */
  NamedArrays(String kind) {
    this.kind = kind;
  }

  void put(String name, INDArray array) {
    Backend.require(); // also where a user's own array was the first: a slow backend is said
    INDArray before = arrays.get(name);
    if (before != null) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s \"%s\" was already set to %s; give every %s a name of its own",
              kind,
              name,
              shape(before),
              kind));
    }
    if (name == null || array == null) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "%s \"%s\" is %s; give a name and an array", kind, name, array));
    }
    if (!Readable.is(array)) {
      throw Readable.refusal(kind + " \"" + name + "\"", array);
    }
    if (array.rank() == 0 || array.isEmpty() || array.dataType() == DataType.UTF8) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s \"%s\" needs at least one row of numbers, got %s %s",
              kind,
              name,
              array.dataType(),
              shape(array)));
    }
    arrays.put(name, inRows(array));
  }

  /** Appends what each array is called and its shape, to {@code text}. */
  void describe(StringBuilder text) {
    arrays.forEach(
        (name, array) ->
            text.append(text.length() == 0 ? "" : ", ")
                .append(String.format(Locale.ROOT, "%s \"%s\" %s", kind, name, shape(array))));
  }

  ImmutableMap<String, INDArray> build() {
    return ImmutableMap.copyOf(arrays);
  }

  /** The array of a name, or an error that lists the names there are. */
  static INDArray get(Map<String, INDArray> arrays, String kind, String name) {
    INDArray array = arrays.get(name);
    if (array == null) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "no %s is named \"%s\"; there are %s", kind, name, arrays.keySet()));
    }
    return array;
  }

  private static Shape shape(INDArray array) {
    return Shape.of(array.shape());
  }

  /** The array itself if its rows lie one behind the other in memory of its own, else a copy. */
  private static INDArray inRows(INDArray array) {
    return isContiguous(array) && !array.isAttached()
        ? array
        : Nd4j.createUninitializedDetached(array.dataType(), 'c', array.shape()).assign(array);
  }

  private static boolean isContiguous(INDArray array) {
    long expected = 1;
    for (int axis = array.rank() - 1; axis >= 0; axis--) {
      if (array.size(axis) != 1 && array.stride(axis) != expected) {
        return false;
      }
      expected *= array.size(axis);
    }
    return true;
  }
}
