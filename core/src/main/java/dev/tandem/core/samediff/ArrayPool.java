package dev.tandem.core.samediff;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.nd4j.autodiff.samediff.internal.memory.AbstractMemoryMgr;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The arrays of a session, used again run after run: on CPU a closed array is freed no sooner than
 * by garbage collection. SameDiff's own cache gives one id to two arrays, and keeps results of
 * reductions that nobody asks for again.
 */
final class ArrayPool extends AbstractMemoryMgr {

  private record Kind(DataType dtype, long length) {}

  private final Map<Kind, Deque<DataBuffer>> free = new HashMap<>();
  private final Map<INDArray, DataBuffer> lent = new IdentityHashMap<>();

  @Override
  public INDArray allocate(boolean detached, LongShapeDescriptor descriptor) {
    return descriptor.isEmpty()
        ? Nd4j.create(descriptor)
        : allocate(detached, descriptor.dataType(), descriptor.getShape());
  }

  @Override
  public INDArray allocate(boolean detached, DataType dtype, long... shape) {
    long length = 1;
    for (long size : shape) {
      length *= size;
    }
    Deque<DataBuffer> buffers = free.get(new Kind(dtype, length));
    INDArray array =
        buffers == null || buffers.isEmpty()
            ? Nd4j.createUninitializedDetached(dtype, shape)
            : Nd4j.create(buffers.pop(), shape, Nd4j.getStrides(shape, 'c'), 0, 'c');
    lent.put(array, array.data());
    return array;
  }

  /** Takes an array back; one that is not from here is left alone. */
  @Override
  public void release(INDArray array) {
    DataBuffer buffer = lent.remove(array);
    if (buffer != null) {
      keep(buffer);
    }
  }

  /** Takes back all arrays. */
  void releaseAll() {
    lent.values().forEach(this::keep);
    lent.clear();
  }

  private void keep(DataBuffer buffer) {
    Kind kind = new Kind(buffer.dataType(), buffer.length());
    free.computeIfAbsent(kind, none -> new ArrayDeque<>()).push(buffer);
  }

  @Override
  public void close() {
    releaseAll();
    free.values().forEach(buffers -> buffers.forEach(DataBuffer::close));
    free.clear();
  }
}
