package dev.tandem.core.train;

import dev.tandem.core.tensor.Shape;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Elements of arrays in messages. */
final class Place {

  private Place() {}

  /** An element, as in {@code 10} and {@code 0.5}. */
  static String value(INDArray array, long at) {
    INDArray flat = array.dup('c').reshape(array.length());
    return array.dataType().isFPType()
        ? Double.toString(flat.getDouble(at))
        : Long.toString(flat.getLong(at));
  }

  /**
   * The coordinates of an element, as in {@code (3, 0)}, and where its row comes from if that is
   * known; the row is that of what was given.
   */
  static String of(ValidatedExamples checked, StepInput port, INDArray array, long at) {
    Shape place = Shape.of(array.shape()).place(at);
    boolean batched = port.spec() == null || !port.spec().shape().isConcrete();
    if (!batched || place.rank() == 0) {
      return place.toString();
    }
    long row = checked.firstRow() + place.size(0);
    return place.with(0, row) + checked.origin(row).map(from -> ", " + from).orElse("");
  }
}
