package dev.tandem.gan.data;

import dev.tandem.core.tensor.Shape;
import java.nio.FloatBuffer;
import java.util.Locale;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.concurrency.AffinityManager;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The numbers of float32 arrays where they lie, without a copy. */
final class FloatMemory {

  private FloatMemory() {}

  /** The memory of an array to read. */
  static FloatBuffer read(INDArray array) {
    Nd4j.getAffinityManager().ensureLocation(array, AffinityManager.Location.HOST);
    return memory(array);
  }

  /**
   * The memory of a batch to overwrite.
   *
   * @throws IllegalArgumentException if it is not a batch of such examples
   */
  static FloatBuffer overwrite(INDArray batch, LabeledSource source) {
    Shape shape = Shape.of(batch.shape());
    if (shape.rank() == 0
        || !shape.sample().equals(source.example())
        || batch.dataType() != DataType.FLOAT
        || batch.ordering() != 'c'
        || batch.isView()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "batch of %s is a float32 array %s in 'c' order that is no view, got %s %s in '%s'"
                  + " order; let batch(seed, step, size) make one",
              source.name(),
              source.example().batched(),
              batch.dataType(),
              shape,
              batch.ordering()));
    }
    return write(batch);
  }

  /** The memory of a new float32 array in 'c' order to write. */
  static FloatBuffer write(INDArray array) {
    Nd4j.getAffinityManager().tagLocation(array, AffinityManager.Location.HOST);
    return memory(array);
  }

  private static FloatBuffer memory(INDArray array) {
    if (array.length() > Integer.MAX_VALUE / Float.BYTES) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "array %s has %s numbers, and at most %s can be worked on at once here; take fewer"
                  + " samples",
              Shape.of(array.shape()),
              Amounts.count(array.length()),
              Amounts.count(Integer.MAX_VALUE / Float.BYTES)));
    }
    FloatPointer pointer = (FloatPointer) array.data().addressPointer();
    return pointer.capacity(array.length()).asByteBuffer().asFloatBuffer();
  }
}
