package dev.tandem.core.engine;

import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner.ExecutionerType;
import org.nd4j.linalg.api.shape.Shape;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The buffer that a feed's values are copied to. Copying what lies as it should makes little
 * garbage.
 */
final class FeedBuffer {

  private static final boolean ON_HOST = Nd4j.getExecutioner().type() == ExecutionerType.NATIVE_CPU;

  private final INDArray array;
  private final Pointer memory;

  FeedBuffer(INDArray array) {
    this.array = array;
    this.memory = array.data().addressPointer();
  }

  INDArray array() {
    return array;
  }

  /** Copies values of the same shape, of any type and order. */
  void copy(INDArray values) {
    if (ON_HOST
        && values.dataType() == array.dataType()
        && values.ordering() == 'c'
        && Shape.hasDefaultStridesForShape(values)) {
      long bytes = array.length() * array.dataType().width();
      Pointer.memcpy(memory, values.data().addressPointer(), bytes);
    } else {
      array.assign(values);
    }
  }
}
