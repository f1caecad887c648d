package dev.tandem.core.train;

import dev.tandem.core.backend.Backend;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.op.Variable;
import dev.tandem.core.worker.WorkerException;
import dev.tandem.core.worker.Workers;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Memory of parts of a step as bytes, little-endian, as workers hand it to each other. */
final class MemoryBytes {

  /**
   * The memory of a part of each worker.
   *
   * @param first the number of the first worker's part in the step
   */
  private record Entry(Weight weight, int first) {}

  private final Workers workers;
  private final List<Entry> entries = new ArrayList<>();
  private final ByteArrayOutputStream mine = new ByteArrayOutputStream();

  MemoryBytes(Workers workers) {
    this.workers = workers;
  }

  /**
   * Adds what this worker has of a part.
   *
   * @param first the number of the first worker's part in the step
   */
  void add(Weight weight, int first, INDArray values) {
    entries.add(new Entry(weight, first));
    boolean wide = values.dataType() == DataType.DOUBLE;
    int length = Math.toIntExact(values.length());
    ByteBuffer bytes =
        ByteBuffer.allocate(length * (wide ? Double.BYTES : Float.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    if (wide) {
      bytes.asDoubleBuffer().put(values.data().asDouble(), 0, length);
    } else {
      bytes.asFloatBuffer().put(values.data().asFloat(), 0, length);
    }
    mine.writeBytes(bytes.array());
  }

  /**
   * What all workers have added.
   *
   * @return the values by the memory that is to have them
   * @throws WorkerException if another worker failed, or has added other things
   */
  Map<Variable, INDArray> gather() {
    List<byte[]> all = workers.gather(mine.toByteArray());
    Map<Variable, INDArray> values = new LinkedHashMap<>();
    for (int rank = 0; rank < all.size(); rank++) {
      ByteBuffer bytes = ByteBuffer.wrap(all.get(rank)).order(ByteOrder.LITTLE_ENDIAN);
      if (bytes.remaining() != mine.size()) {
        throw new WorkerException(
            rank,
            "worker "
                + rank
                + " hands on a memory of "
                + bytes.remaining()
                + " bytes, and worker "
                + workers.rank()
                + " of "
                + mine.size()
                + "; let all make as many batches of a step",
            null);
      }
      for (Entry entry : entries) {
        values.put(entry.weight().part(entry.first() + rank), next(bytes, entry.weight()));
      }
    }
    return values;
  }

  private static INDArray next(ByteBuffer bytes, Weight weight) {
    Backend.require();
    long[] shape = weight.shape().toArray();
    int length = Math.toIntExact(weight.length());
    if (weight.spec().dtype() == DataType.DOUBLE) {
      double[] numbers = new double[length];
      bytes.asDoubleBuffer().get(numbers);
      bytes.position(bytes.position() + length * Double.BYTES);
      return Nd4j.createFromArray(numbers).reshape(shape);
    }
    float[] numbers = new float[length];
    bytes.asFloatBuffer().get(numbers);
    bytes.position(bytes.position() + length * Float.BYTES);
    return Nd4j.createFromArray(numbers).reshape(shape);
  }
}
