package dev.tandem.core.op;

import dev.tandem.core.tensor.Shape;
import java.util.stream.IntStream;

/** Broadcasting: axes are aligned at their ends, and an axis of size 1 is repeated. */
final class Broadcast {

  private Broadcast() {}

  /**
   * The common shape of two.
   *
   * @throws IllegalArgumentException if an axis differs and is 1 in neither
   */
  static Shape common(Shape a, Shape b) {
    int rank = Math.max(a.rank(), b.rank());
    long[] sizes = new long[rank];
    for (int i = 1; i <= rank; i++) {
      long x = i <= a.rank() ? a.size(-i) : 1;
      long y = i <= b.rank() ? b.size(-i) : 1;
      if (x != y && x != 1 && y != 1) {
        throw new IllegalArgumentException("shapes " + a + " and " + b + " do not broadcast");
      }
      sizes[rank - i] = x == 1 ? y : x;
    }
    return Shape.of(sizes);
  }

  /** The axes of {@code to} along which {@code from} is repeated. */
  static int[] repeatedAxes(Shape from, Shape to) {
    int extra = to.rank() - from.rank();
    return IntStream.range(0, to.rank())
        .filter(i -> i < extra || from.size(i - extra) == 1 && to.size(i) != 1)
        .toArray();
  }
}
