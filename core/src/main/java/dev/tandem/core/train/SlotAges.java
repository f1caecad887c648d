package dev.tandem.core.train;

import com.google.common.collect.ImmutableMap;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Since which step of its trainer each moved weight has had its slots: 0, but for weights that were
 * selected by compiling again.
 */
final class SlotAges {

  private final List<TrainedWeight> moved;
  private long[] starts;

  private SlotAges(List<TrainedWeight> moved, long[] starts) {
    this.moved = moved;
    this.starts = starts;
  }

  /** Slots that are as old as their trainer. */
  static SlotAges anew(List<TrainedWeight> moved) {
    return new SlotAges(moved, new long[moved.size()]);
  }

  /** After compiling again: what goes on keeps its age, what begins has none. */
  SlotAges next(List<TrainedWeight> next, long steps) {
    Map<TrainedWeight, Long> known = new HashMap<>();
    for (int i = 0; i < starts.length; i++) {
      known.put(moved.get(i), starts[i]);
    }
    return new SlotAges(
        next,
        next.stream()
            .mapToLong(m -> m.slots().isEmpty() ? 0 : known.getOrDefault(m, steps))
            .toArray());
  }

  /** The number of the trainer's steps before a weight's slots began. */
  long start(int place) {
    return starts[place];
  }

  /** The updates that slots have seen, by the path of their weight, where it was not all. */
  ImmutableMap<String, Long> counts(long steps) {
    ImmutableMap.Builder<String, Long> counts = ImmutableMap.builder();
    for (int i = 0; i < starts.length; i++) {
      if (starts[i] > 0) {
        counts.put(moved.get(i).path(), steps - starts[i]);
      }
    }
    return counts.buildOrThrow();
  }

  /**
   * Takes over what another trainer or a file says.
   *
   * @return whether that differs from what was here
   * @throws IllegalArgumentException if a path is unknown or a count is none of so many steps
   */
  boolean restore(long steps, Map<String, Long> counts) {
    Set<String> unknown = new HashSet<>(counts.keySet());
    long[] next = new long[starts.length];
    for (int i = 0; i < next.length; i++) {
      String path = moved.get(i).path();
      long count = counts.getOrDefault(path, steps);
      if (count < 0 || count > steps) {
        throw new IllegalArgumentException(
            "number of updates of \"" + path + "\" is not in 0…" + steps + ": " + count);
      }
      next[i] = steps - count;
      unknown.remove(path);
    }
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException("the trainer moves no weights " + unknown);
    }
    boolean differs = !Arrays.equals(starts, next);
    starts = next;
    return differs;
  }
}
