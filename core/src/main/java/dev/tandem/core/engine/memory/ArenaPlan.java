package dev.tandem.core.engine.memory;

import dev.tandem.core.engine.memory.Lifetimes.Span;
import dev.tandem.core.engine.task.Buffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Places buffers of one type in one memory so that those whose lives meet do not overlap: the
 * largest first, each in the tightest gap that is free during its life.
 */
final class ArenaPlan {

  private record Placed(long begin, long end, Span span) {}

  private final Map<Buffer, Long> begins = new HashMap<>();
  private long length;

  ArenaPlan(DataType dtype, Map<Buffer, Span> spans) {
    long unit = MemoryPlan.unit(dtype);
    List<Buffer> largestFirst = new ArrayList<>();
    spans.keySet().stream().filter(b -> b.dtype() == dtype).forEach(largestFirst::add);
    largestFirst.sort(Comparator.comparingLong(Buffer::length).reversed());
    List<Placed> placed = new ArrayList<>();
    for (Buffer buffer : largestFirst) {
      Span span = Objects.requireNonNull(spans.get(buffer));
      long size = (buffer.length() + unit - 1) / unit * unit;
      long begin = tightestGap(placed, span, size);
      begins.put(buffer, begin);
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

  /** The elements that the memory must have. */
  long length() {
    return length;
  }

  /** Where each buffer begins, in elements. */
  Map<Buffer, Long> begins() {
    return begins;
  }
}
