package dev.tandem.cuda.kernel;

import dev.tandem.core.engine.kernel.UseCounts;
import dev.tandem.core.op.CumulativeSum;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.array.ArgMax;
import dev.tandem.core.op.array.Gather;
import dev.tandem.core.op.array.OneHot;
import dev.tandem.core.op.array.SegmentSum;
import dev.tandem.core.op.array.SortIndices;
import dev.tandem.cuda.text.CType;
import dev.tandem.cuda.text.Fusion;
import dev.tandem.cuda.text.Grid;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Rows of tables by indices, and indices of values. An index outside its table is never followed: a
 * kernel {@linkplain Places#errors says so}, and where a number should be stands NaN.
 */
final class Indices {

  /** A warp goes through a row; this many of them are a block. */
  private static final int WARPS = 8;

  private static final int WARP = 32;

  private Indices() {}

  /** How a card runs a call, or null if it is none of these. */
  static @Nullable CudaChoice choose(OpCall call, UseCounts uses) {
    if (call.op() instanceof Gather) {
      return gather(call, uses);
    } else if (call.op() instanceof OneHot) {
      return oneHot(call, uses);
    } else if (call.op() instanceof SegmentSum) {
      return segmentSum(call, uses);
    } else if (call.op() instanceof CumulativeSum || call.op() instanceof SortIndices) {
      return Lines.of(call, uses);
    }
    return call.op() instanceof ArgMax ? argMax(call, uses) : null;
  }

  private static CType type(Value value) {
    return Objects.requireNonNull(CType.of(value.dtype()), value::toString);
  }

  /** What stands where an index is outside. */
  private static String missing(CType type) {
    return type.number(type.isFloating() ? Double.NaN : 0);
  }

  private static CudaChoice gather(OpCall call, UseCounts uses) {
    Value table = call.inputs().get(0);
    Value out = call.outputs().get(0);
    long size = table.shape().size(1);
    Fusion fusion = new Fusion(uses);
    String at = fusion.element(call.inputs().get(1), call, "n");
    String body =
        Grid.loop("i", out.shape().length())
            + String.format(
                Locale.ROOT,
                "    const long long n = i / %d, c = i %% %d;%n",
                most(size),
                most(size))
            + fusion.take()
            + String.format(
                Locale.ROOT,
                "    const bool inside = (unsigned long long)%s < %dULL;%n",
                at,
                table.shape().size(0))
            + String.format(
                Locale.ROOT, "    if (!inside && c == 0) index_outside($errors, n, %s);%n", at)
            + String.format(
                Locale.ROOT,
                "    $out[i] = inside ? $table[%s * %dLL + c] : %s;%n  }%n",
                at,
                size,
                missing(type(out)));
    return new IndexKernel(call, fusion, List.of(table), body, Grid.over(out.shape().length()));
  }

  private static CudaChoice oneHot(OpCall call, UseCounts uses) {
    Value out = call.outputs().get(0);
    CType type = type(out);
    long depth = ((OneHot) call.op()).depth();
    Fusion fusion = new Fusion(uses);
    String at = fusion.element(call.inputs().get(0), call, "n");
    String body =
        Grid.loop("i", out.shape().length())
            + String.format(
                Locale.ROOT,
                "    const long long n = i / %d, c = i %% %d;%n",
                most(depth),
                most(depth))
            + fusion.take()
            + String.format(
                Locale.ROOT, "    const bool inside = (unsigned long long)%s < %dULL;%n", at, depth)
            + String.format(
                Locale.ROOT, "    if (!inside && c == 0) index_outside($errors, n, %s);%n", at)
            + String.format(
                Locale.ROOT,
                "    $out[i] = !inside ? %s : %s == c ? %s : %s;%n  }%n",
                missing(type),
                at,
                type.number(1),
                type.number(0));
    return new IndexKernel(call, fusion, List.of(), body, Grid.over(out.shape().length()));
  }

  private static long most(long size) {
    return Math.max(1, size);
  }

  /**
   * A warp for a row of the table and up to 128 of its columns: it goes through all indices, 32 at
   * once, and adds what belongs to its row in their order.
   */
  private static CudaChoice segmentSum(OpCall call, UseCounts uses) {
    Value values = call.inputs().get(0);
    Value indices = call.inputs().get(1);
    CType type = type(values);
    long rows = ((SegmentSum) call.op()).rows();
    long size = values.shape().size(-1);
    int each = size > 2 * WARP ? 4 : size > WARP ? 2 : 1;
    Fusion fusion = new Fusion(uses);
    String at = fusion.element(indices, call, "n");
    String readIndex = fusion.take();
    StringBuilder sums = new StringBuilder();
    StringBuilder add = new StringBuilder();
    StringBuilder write = new StringBuilder();
    for (int k = 0; k < each; k++) {
      String column = "(c + " + k * WARP + ")";
      String value = fusion.element(values, call, "(j * " + size + "LL + c + " + k * WARP + ")");
      sums.append(String.format(Locale.ROOT, "  %s s%d = 0;%n", type.text(), k));
      add.append(
          String.format(
              Locale.ROOT,
              "      if (%s < %dLL) {%n%s      s%d += %s;%n      }%n",
              column,
              size,
              fusion.take(),
              k,
              value));
      write.append(
          String.format(
              Locale.ROOT,
              "  if (row < %dLL && %s < %dLL) $out[row * %dLL + %s] = s%d;%n",
              rows,
              column,
              size,
              size,
              column,
              k));
    }
    String body =
        String.format(
            Locale.ROOT,
            """
              const int lane = threadIdx.x %% 32;
              const long long row = blockIdx.x * %dLL + threadIdx.x / 32;
              const long long c = blockIdx.y * %dLL + lane;
            %s  for (long long first = 0; first < %dLL; first += 32) {
                const long long n = first + lane;
                long long to = -1;
                if (n < %dLL) {
            %s    to = %s;
                if (row == 0 && blockIdx.y == 0 && (unsigned long long)to >= %dULL)
                  index_outside($errors, n, to);
                }
                unsigned hits = __ballot_sync(0xffffffffu, to == row);
                while (hits != 0) {
                  const long long j = first + __ffs(hits) - 1;
                  hits &= hits - 1;
            %s    }
              }
            %s\
            """,
            WARPS,
            (long) each * WARP,
            sums,
            indices.shape().length(),
            indices.shape().length(),
            readIndex,
            at,
            rows,
            add,
            write);
    Grid grid =
        new Grid(
            blocks(rows), Math.toIntExact(Math.max(1, ceil(size, each * WARP))), WARPS * WARP, 1);
    return new IndexKernel(call, fusion, List.of(), body, grid);
  }

  private static long ceil(long all, long each) {
    return (all + each - 1) / each;
  }

  private static int blocks(long rows) {
    return Math.toIntExact(Math.max(1, ceil(rows, WARPS)));
  }

  /** A warp for each row. NaN is the largest where it stands first, else it is passed over. */
  private static CudaChoice argMax(OpCall call, UseCounts uses) {
    Value x = call.inputs().get(0);
    long size = x.shape().size(-1);
    long rows = call.outputs().get(0).shape().length();
    Fusion fusion = new Fusion(uses);
    String value = fusion.element(x, call, "(row * " + size + "LL + c)");
    String body =
        String.format(
            Locale.ROOT,
            """
              const long long row = blockIdx.x * %dLL + threadIdx.x / 32;
              %s most = 0;
              long long at = %dLL;
              for (long long c = threadIdx.x %% 32; c < %dLL && row < %dLL; c += 32) {
            %s    if (c == 0 && %s != %s) {
                  most = %s;
                  at = 0;
                } else if (at == %dLL ? %s == %s : %s > most) {
                  most = %s;
                  at = c;
                }
              }
              for (int lanes = 16; lanes > 0; lanes /= 2) {
                const %s other = __shfl_xor_sync(0xffffffffu, most, lanes);
                const long long there = __shfl_xor_sync(0xffffffffu, at, lanes);
                if (there < %dLL && (at == %dLL || other > most || other == most && there < at)) {
                  most = other;
                  at = there;
                }
              }
              if (threadIdx.x %% 32 == 0 && row < %dLL) $out[row] = at < %dLL ? at : 0;
            """,
            WARPS,
            type(x).text(),
            size,
            size,
            rows,
            fusion.take(),
            value,
            value,
            type(x).number(Double.POSITIVE_INFINITY),
            size,
            value,
            value,
            value,
            value,
            type(x).text(),
            size,
            size,
            rows,
            size);
    return new IndexKernel(call, fusion, List.of(), body, Grid.of(blocks(rows), WARPS * WARP));
  }
}
