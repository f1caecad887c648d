package dev.tandem.core.engine;

import dev.tandem.core.engine.Buffer.Home;
import dev.tandem.core.engine.Lifetimes.Span;
import dev.tandem.core.tensor.OwnedArrays;
import dev.tandem.core.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The arrays that a plan owns, and what they are good for. */
final class Memory implements AutoCloseable {

  private final List<INDArray> owned = new ArrayList<>();
  private long arenaBytes;
  private long unsharedBytes;

  /**
   * Gives every arena buffer its place.
   *
   * @param spans from when to when each is needed
   */
  void placeArena(List<Task> ordered, Map<Buffer, Span> spans) {
    Set<DataType> dtypes = new HashSet<>();
    spans.keySet().forEach(buffer -> dtypes.add(buffer.dtype()));
    for (DataType dtype : dtypes) {
      ArenaPlan plan = new ArenaPlan(dtype, spans);
      INDArray arena = allocate(dtype, plan.length() + plan.unit());
      DataBuffer data = arena.data();
      long shift = alignment(data, dtype, plan.unit());
      plan.begins().forEach((buffer, begin) -> buffer.place(data, begin + shift));
      arenaBytes += arena.length() * dtype.width();
    }
    for (Task task : ordered) {
      task.outputs().forEach(region -> count(region.buffer()));
      task.scratch().forEach(this::count);
    }
  }

  private void count(Buffer buffer) {
    if (buffer.home() == Home.ARENA) {
      unsharedBytes += buffer.length() * buffer.dtype().width();
    }
  }

  /** How many elements into a memory the first aligned one lies. */
  private static long alignment(DataBuffer data, DataType dtype, long unit) {
    long misaligned = data.address() / dtype.width() % unit;
    return misaligned == 0 ? 0 : unit - misaligned;
  }

  /** Gives a buffer an array of its own. */
  INDArray placeAlone(BufferView region) {
    INDArray array = allocate(region.spec());
    region.buffer().place(array);
    return array;
  }

  /** An array of zeros. */
  INDArray allocate(TensorSpec spec) {
    return allocate(spec.dtype(), spec.shape().toArray());
  }

  private INDArray allocate(DataType dtype, long... shape) {
    return own(OwnedArrays.create(dtype, shape).assign(0));
  }

  /** Takes an array that somebody made for the plan. */
  INDArray own(INDArray array) {
    owned.add(array);
    return array;
  }

  /** What the arena takes. */
  long arenaBytes() {
    return arenaBytes;
  }

  /** What its buffers would take one by one. */
  long unsharedBytes() {
    return unsharedBytes;
  }

  @Override
  public void close() {
    owned.forEach(OwnedArrays::free);
    owned.clear();
  }
}
