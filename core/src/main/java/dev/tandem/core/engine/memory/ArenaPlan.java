package dev.tandem.core.engine.memory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToLongFunction;

/**
 * Places of things in one memory, so that those whose lives meet do not overlap: the largest first,
 * each in the tightest gap that is free during its life.
 *
 * @param <T> what is placed
 */
public final class ArenaPlan<T> {

  private record Placed(long begin, long end, Span span) {}

  private final Map<T, Long> begins = new HashMap<>();
  private long length;

  /**
   * The places of all.
   *
   * @param spans when each is there; equally large ones are placed in this order
   * @param sizes what each takes, in units of alignment
   */
  public ArenaPlan(Map<T, Span> spans, ToLongFunction<T> sizes) {
    List<T> largestFirst = new ArrayList<>(spans.keySet());
    largestFirst.sort(Comparator.comparingLong(sizes).reversed());
    List<Placed> placed = new ArrayList<>();
    for (T one : largestFirst) {
      Span span = Objects.requireNonNull(spans.get(one));
      long size = sizes.applyAsLong(one);
      long begin = tightestGap(placed, span, size);
      begins.put(one, begin);
      placed.add(new Placed(begin, begin + size, span));
      placed.sort(Comparator.comparingLong(Placed::begin));
      length = Math.max(length, begin + size);
    }
  }

  private static long tightestGap(List<Placed> placed, Span span, long size) {
    long best = -1;
    long bestGap = Long.MAX_VALUE;
    long end = 0;
    for (Placed other : placed) {
      if (!other.span().meets(span)) {
        continue;
      }
      long gap = other.begin() - end;
      if (gap >= size && gap < bestGap) {
        best = end;
        bestGap = gap;
      }
      end = Math.max(end, other.end());
    }
    return best >= 0 ? best : end;
  }

  /** What the memory must have, in units. */
  public long length() {
    return length;
  }

  /** Where each begins, in units. */
  public Map<T, Long> begins() {
    return begins;
  }
}
