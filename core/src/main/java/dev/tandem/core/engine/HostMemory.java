package dev.tandem.core.engine;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.engine.memory.MemoryPlan;
import dev.tandem.core.engine.task.Buffer;
import dev.tandem.core.engine.task.BufferView;
import dev.tandem.core.tensor.TensorSpec;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The arrays that the buffers of a plan are bound to. */
final class HostMemory {

  /**
   * A buffer's memory.
   *
   * @param data the memory it lies in
   * @param begin its first element there
   * @param whole the array that is all of it, if there is one
   */
  private record Place(DataBuffer data, long begin, @Nullable INDArray whole) {}

  private final MemoryPlan plan;
  private final NativeScope scope;
  private final Map<Buffer, Place> places = new HashMap<>();

  /** Takes the arenas of a plan. */
  HostMemory(MemoryPlan plan, NativeScope scope) {
    this.plan = plan;
    this.scope = scope;
    Map<DataType, INDArray> arenas = new HashMap<>();
    plan.arenas()
        .forEach(
            (dtype, length) ->
                arenas.put(dtype, scope.allocate(dtype, length + MemoryPlan.unit(dtype))));
    plan.begins()
        .forEach(
            (buffer, begin) -> {
              DataBuffer data = Objects.requireNonNull(arenas.get(buffer.dtype())).data();
              places.put(buffer, new Place(data, begin + shift(data, buffer.dtype()), null));
            });
  }

  /** How many elements into a memory the first aligned one lies. */
  private static long shift(DataBuffer data, DataType dtype) {
    long unit = MemoryPlan.unit(dtype);
    long misaligned = data.address() / dtype.width() % unit;
    return misaligned == 0 ? 0 : unit - misaligned;
  }

  /** The bytes of the arenas of a plan, with what aligns them. */
  static long arenaBytes(MemoryPlan plan) {
    return plan.arenas().entrySet().stream()
        .mapToLong(
            arena -> (arena.getValue() + MemoryPlan.unit(arena.getKey())) * arena.getKey().width())
        .sum();
  }

  /** Binds a buffer to an array of its size and type. */
  void place(Buffer buffer, INDArray whole) {
    places.put(buffer, new Place(whole.data(), 0, whole));
  }

  /** Binds the buffer of a value to an array of its own, of zeros. */
  INDArray placeAlone(BufferView view) {
    INDArray array = scope.allocate(view.spec());
    place(view.buffer(), array);
    return array;
  }

  /** The arrays of values. */
  ImmutableList<INDArray> arrays(List<BufferView> views) {
    return views.stream().map(this::array).collect(ImmutableList.toImmutableList());
  }

  /** A value as an array. */
  INDArray array(BufferView view) {
    TensorSpec spec = view.spec();
    long[] sizes = spec.shape().toArray();
    Place place = Objects.requireNonNull(places.get(plan.hosts().root(view.buffer())));
    if (place.whole() != null && Arrays.equals(place.whole().shape(), sizes)) {
      return place.whole();
    }
    return Nd4j.create(
        Nd4j.createBuffer(place.data(), place.begin() + view.offset(), spec.shape().length()),
        sizes,
        Nd4j.getStrides(sizes, 'c'),
        0,
        'c',
        spec.dtype());
  }
}
