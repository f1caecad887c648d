package dev.tandem.cuda.kernel;

import dev.tandem.core.engine.kernel.UseCounts;
import dev.tandem.core.op.CumulativeSum;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.array.SortIndices;
import dev.tandem.core.tensor.Shape;
import dev.tandem.cuda.text.CType;
import dev.tandem.cuda.text.Fusion;
import dev.tandem.cuda.text.Grid;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Ops whose elements depend on all others of a line along one axis: running sums and order. */
final class Lines {

  private Lines() {}

  /** How a card runs a call, or null if its type has no text. */
  static @Nullable CudaChoice of(OpCall call, UseCounts uses) {
    if (CType.of(call.inputs().get(0).dtype()) == null) {
      return null;
    }
    return call.op() instanceof SortIndices sort ? sort(call, sort, uses) : sum(call, uses);
  }

  private static CType type(Value value) {
    return Objects.requireNonNull(CType.of(value.dtype()), value::toString);
  }

  /** A thread for each line. */
  private static CudaChoice sum(OpCall call, UseCounts uses) {
    CumulativeSum op = (CumulativeSum) call.op();
    Value x = call.inputs().get(0);
    Shape shape = x.shape();
    long size = shape.size(op.axis());
    long inner = LongStream.of(shape.toArray()).skip(op.axis() + 1L).reduce(1, (a, b) -> a * b);
    long lines = shape.length() / Math.max(1, size);
    Fusion fusion = new Fusion(uses);
    String value = fusion.element(x, call, "at");
    String store = "      $out[at] = sum;\n";
    String add = fusion.take() + "      sum += " + value + ";\n";
    String body =
        Grid.loop("line", lines)
            + String.format(
                Locale.ROOT,
                """
                    const long long first = line / %dLL * %dLL + line %% %dLL;
                    %s sum = 0;
                    for (long long n = 0; n < %dLL; n++) {
                      const long long at = first + (%s) * %dLL;
                %s    }
                  }
                """,
                Math.max(1, inner),
                inner * size,
                Math.max(1, inner),
                type(x).text(),
                size,
                op.reversed() ? size - 1 + "LL - n" : "n",
                inner,
                op.exclusive() ? store + add : add + store);
    return new IndexKernel(call, fusion, List.of(), body, Grid.over(lines));
  }

  /** A thread for each element, which counts those that come before it. */
  private static CudaChoice sort(OpCall call, SortIndices op, UseCounts uses) {
    Value x = call.inputs().get(0);
    long size = x.shape().size(-1);
    String before =
        op.descending()
            ? "other > own || other != other && own == own"
            : "other < own || own != own && other == other";
    String body =
        Grid.loop("i", x.shape().length())
            + String.format(
                Locale.ROOT,
                """
                    const long long row = i / %1$dLL, place = i %% %1$dLL;
                    const %2$s own = $table[i];
                    long long rank = 0;
                    for (long long n = 0; n < %1$dLL; n++) {
                      const %2$s other = $table[row * %1$dLL + n];
                      const bool same = other == own || other != other && own != own;
                      rank += %3$s || same && n < place;
                    }
                    if (rank < %4$dLL) $out[row * %4$dLL + rank] = place;
                  }
                """,
                Math.max(1, size),
                type(x).text(),
                before,
                op.count());
    Fusion fusion = new Fusion(uses);
    return new IndexKernel(call, fusion, List.of(x), body, Grid.over(x.shape().length()));
  }
}
