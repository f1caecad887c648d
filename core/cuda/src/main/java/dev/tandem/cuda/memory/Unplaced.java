package dev.tandem.cuda.memory;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import dev.tandem.core.engine.memory.ArenaPlan;
import dev.tandem.core.engine.memory.Span;
import dev.tandem.cuda.device.Access;
import dev.tandem.cuda.device.Command;
import dev.tandem.cuda.group.Temporary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Values that have no place yet, so that commands on them can be put in any order: each has an
 * address that no card has.
 */
final class Unplaced implements Temporary {

  private static final long BEGIN = 1L << 56;
  private static final long ALIGNMENT = 256;

  private final TreeMap<Long, Long> bytes = new TreeMap<>();
  private long end = BEGIN;

  /** An address for a value. */
  @Override
  public long add(long size) {
    long address = end;
    bytes.put(address, size);
    end += ALIGNMENT + aligned(size);
    return address;
  }

  private static long aligned(long size) {
    return (Math.max(1, size) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  /** All of them. */
  @Override
  public ImmutableList<Stretch> stretches() {
    return bytes.entrySet().stream()
        .map(value -> new Stretch(value.getKey(), value.getValue()))
        .collect(ImmutableList.toImmutableList());
  }

  /** The value that an address is in, or null if it is none of these. */
  private @Nullable Long valueAt(long address) {
    return address < BEGIN || address >= end ? null : bytes.floorKey(address);
  }

  /** Places for all values that are used, one after another by stages. */
  Places placed(List<? extends List<Access>> stages) {
    Map<Long, Span> spans = new LinkedHashMap<>();
    for (int i = 0; i < stages.size(); i++) {
      for (Access access : stages.get(i)) {
        Long value = valueAt(access.address());
        if (value != null) {
          spans.merge(value, new Span(i, i), Span::with);
        }
      }
    }
    ArenaPlan<Long> plan = new ArenaPlan<>(spans, value -> aligned(bytes.getOrDefault(value, 0L)));
    return new Places(plan.begins(), plan.length());
  }

  /** What commands use, all together. */
  static List<Access> accesses(List<Command> commands) {
    return ImmutableList.copyOf(Iterables.concat(Iterables.transform(commands, Command::accesses)));
  }

  /**
   * Where values lie in a memory.
   *
   * @param begins by address
   * @param length of the memory
   */
  record Places(Map<Long, Long> begins, long length) {}

  /** From addresses to those in a memory; others stay. */
  LongUnaryOperator moving(Places places, long memory) {
    return address -> {
      Long value = valueAt(address);
      Long begin = value == null ? null : places.begins().get(value);
      return value == null || begin == null ? address : memory + begin + address - value;
    };
  }
}
