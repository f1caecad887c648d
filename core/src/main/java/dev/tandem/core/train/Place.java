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

  /** The coordinates of an element, as in {@code (3, 0)}; the row is that of what was given. */
  static Shape of(ValidatedExamples checked, StepInput port, INDArray array, long at) {
    Shape place = Shape.of(array.shape()).place(at);
    boolean batched = port.spec() == null || !port.spec().shape().isConcrete();
    return batched && place.rank() > 0 ? place.with(0, checked.firstRow() + place.size(0)) : place;
  }
}
