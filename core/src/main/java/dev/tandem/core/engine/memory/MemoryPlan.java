package dev.tandem.core.engine.memory;

import com.google.common.collect.ImmutableMap;
import dev.tandem.core.engine.pass.Pass;
import dev.tandem.core.engine.task.Buffer;
import dev.tandem.core.engine.task.BufferView;
import dev.tandem.core.engine.task.Hosts;
import dev.tandem.core.engine.task.Task;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The places of buffers: sizes and offsets. A buffer whose home is the arena has a place in the
 * arena of its type; any other has memory of its own.
 *
 * @param hosts the buffers that lie in others, which have no place of their own
 * @param begins where each buffer of an arena begins in it, in elements
 * @param arenas the elements of each arena
 * @param unsharedBytes what the buffers of the arenas would take one by one
 */
public record MemoryPlan(
    Hosts hosts,
    ImmutableMap<Buffer, Long> begins,
    ImmutableMap<DataType, Long> arenas,
    long unsharedBytes) {

  private static final int ALIGNMENT_BYTES = 64;

  /**
   * The places of all buffers that tasks use.
   *
   * @param ordered the tasks of a run
   * @param before the buffers that lie in others already
   */
  public static MemoryPlan of(List<Task> ordered, Hosts before, Set<Pass> passes) {
    Hosts hosts = passes.contains(Pass.SHARE) ? Sharing.of(ordered, before) : before;
    Map<Buffer, Span> lives = Lifetimes.of(ordered, hosts);
    Map<Buffer, Span> spans = passes.contains(Pass.ARENA) ? lives : Lifetimes.wholeRuns(lives);
    Set<DataType> dtypes = new TreeSet<>();
    spans.keySet().forEach(buffer -> dtypes.add(buffer.dtype()));
    Map<DataType, Long> arenas = new TreeMap<>();
    ImmutableMap.Builder<Buffer, Long> begins = ImmutableMap.builder();
    for (DataType dtype : dtypes) {
      Map<Buffer, Span> own = new LinkedHashMap<>(spans);
      own.keySet().removeIf(buffer -> buffer.dtype() != dtype);
      long unit = unit(dtype);
      ArenaPlan<Buffer> arena =
          new ArenaPlan<>(own, buffer -> (buffer.length() + unit - 1) / unit * unit);
      begins.putAll(arena.begins());
      arenas.put(dtype, arena.length());
    }
    return new MemoryPlan(
        hosts, begins.buildOrThrow(), ImmutableMap.copyOf(arenas), unsharedBytes(ordered, hosts));
  }

  private static long unsharedBytes(List<Task> ordered, Hosts hosts) {
    long bytes = 0;
    for (Task task : ordered) {
      for (List<BufferView> written : List.of(task.outputs(), task.scratch())) {
        for (BufferView view : written) {
          bytes += hosts.home(view.buffer()) == Buffer.Home.ARENA ? view.buffer().bytes() : 0;
        }
      }
    }
    return bytes;
  }

  /** The elements to which every begin in an arena is aligned, if the arena itself is. */
  public static long unit(DataType dtype) {
    return Math.max(1, ALIGNMENT_BYTES / dtype.width());
  }
}
