package dev.tandem.core.tensor;

import com.google.common.collect.MapMaker;
import dev.tandem.core.backend.Backend;
import java.lang.ref.Cleaner;
import java.util.concurrent.ConcurrentMap;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner.ExecutionerType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Arrays that belong to no workspace and whose memory is given back the moment they are freed. Of
 * ND4J's own arrays on a CPU the memory stays until the garbage collector has found them, closed or
 * not, and it looks for them when Java's heap is full, which they hardly take part in. One that
 * nobody frees is freed by the collector as well.
 */
public final class OwnedArrays {

  private static final long ALIGNMENT = 64;

  /** What frees the memory of each array that was not freed yet. */
  private static final ConcurrentMap<DataBuffer, Cleaner.Cleanable> OWNED =
      new MapMaker().weakKeys().makeMap();

  private static final Cleaner CLEANER = Cleaner.create();

  private OwnedArrays() {}

  /** An array of undefined values in 'c' order. */
  public static INDArray create(DataType dtype, long... shape) {
    Backend.require();
    long length = Shape.of(shape).length();
    if (length == 0 || Nd4j.getExecutioner().type() != ExecutionerType.NATIVE_CPU) {
      return Nd4j.createUninitializedDetached(dtype, 'c', shape);
    }
    Memory memory = new Memory(length * dtype.width() + ALIGNMENT);
    DataBuffer buffer = Nd4j.createBuffer(memory.aligned(), length, dtype);
    OWNED.put(buffer, CLEANER.register(buffer, memory));
    return Nd4j.create(buffer, shape, Nd4j.getStrides(shape, 'c'), 0, 'c', dtype);
  }

  /** An array of undefined values in 'c' order. */
  public static INDArray create(TensorSpec spec) {
    return create(spec.dtype(), spec.shape().toArray());
  }

  /** Gives the memory of an array back at once; neither it nor a view of it is used afterwards. */
  public static void free(INDArray array) {
    if (array.wasClosed()) {
      return;
    }
    Cleaner.Cleanable memory = OWNED.remove(array.data());
    array.close();
    if (memory != null) {
      memory.clean();
    }
  }

  /** A stretch of native memory. */
  private static final class Memory implements Runnable {

    private final Pointer raw;
    private final long bytes;

    Memory(long bytes) {
      this.bytes = bytes;
      raw = Pointer.malloc(bytes);
      if (raw == null || raw.isNull()) {
        throw new OutOfMemoryError("no " + bytes + " bytes of native memory are left");
      }
    }

    Pointer aligned() {
      long over = raw.address() % ALIGNMENT;
      long shift = over == 0 ? 0 : ALIGNMENT - over;
      return new BytePointer(raw).capacity(bytes).getPointer(shift).capacity(bytes - ALIGNMENT);
    }

    @Override
    public void run() {
      Pointer.free(raw);
    }
  }
}
