package dev.tandem.cuda.kernel;

import com.google.common.collect.ImmutableList;
import dev.tandem.cuda.text.CType;
import dev.tandem.cuda.text.Grid;
import dev.tandem.cuda.text.KernelText;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Kernels of matrix products so thin that a library would leave most of a card idle. Parameters:
 * both matrices, bias or addend if there is one, the result.
 */
final class SmallProducts {

  /** Numbers that one thread adds up without losing time. */
  private static final long SHORT = 8;

  /** Numbers that one thread adds up if there are many threads. */
  private static final long MODEST = 256;

  private static final long MANY_THREADS = 2048;

  /** Columns that a row of threads computes at once. */
  private static final long FEW_COLUMNS = 4;

  private static final long ROWS_OF_A_WARP = 32;
  private static final int MOST_BLOCKS = 1 << 16;

  private SmallProducts() {}

  /** The kernel of a product, or null if a library is better. */
  static @Nullable KernelText of(
      ProductSizes sizes, String label, boolean bias, boolean relu, boolean addend) {
    Writer writer = new Writer(sizes, label, bias, relu, addend);
    boolean thin = sizes.columns() <= FEW_COLUMNS;
    if (sizes.inner() <= SHORT) {
      return writer.elements();
    } else if (thin && !sizes.transposeA() && sizes.inner() >= ROWS_OF_A_WARP) {
      return writer.rows();
    } else if (thin && sizes.inner() <= MODEST && sizes.length() >= MANY_THREADS) {
      return writer.elements();
    }
    return null;
  }

  /** Writes one of them. */
  private record Writer(
      ProductSizes sizes, String label, boolean bias, boolean relu, boolean addend) {

    private CType type() {
      return Objects.requireNonNull(CType.of(sizes.dtype()));
    }

    private ImmutableList<String> parameters() {
      ImmutableList.Builder<String> all = ImmutableList.builder();
      all.add(type().input(), type().input());
      if (bias) {
        all.add(type().input());
      }
      if (addend) {
        all.add("const " + type().text() + " *"); // may be the result
      }
      return all.add(type().output()).build();
    }

    private long largest() {
      long matrix = Math.max(sizes.rows() * sizes.inner(), sizes.inner() * sizes.columns());
      return Math.max(sizes.length(), sizes.batch() * matrix);
    }

    /** An element of the first matrix. */
    private String first(String batch, String row, String i) {
      String within =
          sizes.transposeA()
              ? i + " * " + sizes.rows() + " + " + row
              : row + " * " + sizes.inner() + " + " + i;
      return "p0[" + batch + " * " + sizes.rows() * sizes.inner() + " + " + within + "]";
    }

    private String second(String batch, String i, String column) {
      String within =
          sizes.transposeB()
              ? column + " * " + sizes.inner() + " + " + i
              : i + " * " + sizes.columns() + " + " + column;
      return "p1[" + batch + " * " + sizes.inner() * sizes.columns() + " + " + within + "]";
    }

    /** What is written once the sum is there. */
    private String end(String sum, String column, String index) {
      String value = bias ? sum + " + p2[" + column + "]" : sum;
      value = addend ? value + " + p2[" + index + "]" : value;
      String out = "p" + (bias || addend ? 3 : 2) + "[" + index + "]";
      return relu
          ? String.format(
              Locale.ROOT,
              "{ const %1$s v = %2$s; %3$s = v < 0 ? (%1$s)0 : v; }\n",
              type().text(),
              value,
              out)
          : out + " = " + value + ";\n";
    }

    /** A thread for each result. */
    KernelText elements() {
      String statements =
          String.format(
              Locale.ROOT,
              """
                    const I column = i %% %1$d, row = i / %1$d %% %2$d, batch = i / %3$d;
                    %4$s sum = 0;
                    for (I k = 0; k < %5$d; k++) {
                      sum = %9$s(%6$s, %7$s, sum);
                    }
                    %8$s\
              """,
              Math.max(1, sizes.columns()),
              Math.max(1, sizes.rows()),
              Math.max(1, sizes.rows() * sizes.columns()),
              type().text(),
              sizes.inner(),
              first("batch", "row", "k"),
              second("batch", "k", "column"),
              end("sum", "column", "i"),
              type().function("fma"));
      String loop = ElementLoop.over(sizes.length(), largest(), statements);
      return new KernelText(label, parameters(), loop, Grid.over(sizes.length()));
    }

    /** Threads side by side for each row of results. */
    KernelText rows() {
      int threads = 32;
      while (threads < Grid.THREADS && sizes.inner() >= 16L * threads) {
        threads *= 2;
      }
      int together = Grid.THREADS / threads;
      long rows = sizes.batch() * sizes.rows();
      int blocks = (int) Math.min(MOST_BLOCKS, (rows + together - 1) / together);
      StringBuilder body = new StringBuilder();
      String type = type().text();
      if (threads > 32) {
        body.append(
            String.format(
                Locale.ROOT,
                "  __shared__ %s parts[%d][%d];\n",
                type,
                together * sizes.columns(),
                threads / 32));
      }
      // all threads of a block go round equally often, since they wait for each other
      body.append(
          String.format(
              Locale.ROOT,
              """
                for (long long begin = blockIdx.x * %1$dLL; begin < %2$dLL; begin += gridDim.x * %1$dLL) {
                  const long long at = begin + threadIdx.y;
                  const long long batch = at / %3$d, row = at %% %3$d;
              """,
              together,
              rows,
              sizes.rows()));
      for (int c = 0; c < sizes.columns(); c++) {
        body.append(String.format(Locale.ROOT, "    %s s%d = 0;\n", type, c));
      }
      body.append(
          String.format(
              Locale.ROOT,
              """
                  if (at < %1$dLL) {
                    for (long long k = threadIdx.x; k < %2$d; k += %3$d) {
                      const %4$s a = %5$s;
              """,
              rows,
              sizes.inner(),
              threads,
              type,
              first("batch", "row", "k")));
      for (int c = 0; c < sizes.columns(); c++) {
        body.append(
            String.format(
                Locale.ROOT,
                "        s%1$d = %2$s(a, %3$s, s%1$d);\n",
                c,
                type().function("fma"),
                second("batch", "k", "" + c)));
      }
      body.append("      }\n    }\n");
      for (int c = 0; c < sizes.columns(); c++) {
        body.append(
            String.format(
                Locale.ROOT,
                "    for (int o = 16; o > 0; o /= 2) s%1$d += __shfl_xor_sync(~0u, s%1$d, o);\n",
                c));
      }
      if (threads > 32) {
        shareParts(body, threads);
      }
      body.append("    if (threadIdx.x == 0 && at < " + rows + "LL) {\n");
      for (int c = 0; c < sizes.columns(); c++) {
        body.append("      ").append(end("s" + c, "" + c, "at * " + sizes.columns() + " + " + c));
      }
      body.append("    }\n  }\n");
      return new KernelText(
          label, parameters(), body.toString(), new Grid(blocks, 1, threads, together));
    }

    /** Adds up what the warps of a row have. */
    private void shareParts(StringBuilder body, int threads) {
      String slot = "parts[threadIdx.y * " + sizes.columns() + " + %d]";
      body.append("    __syncthreads();\n    if (threadIdx.x % 32 == 0) {\n");
      for (int c = 0; c < sizes.columns(); c++) {
        body.append(
            "      " + String.format(Locale.ROOT, slot, c) + "[threadIdx.x / 32] = s" + c + ";\n");
      }
      body.append("    }\n    __syncthreads();\n    if (threadIdx.x == 0) {\n");
      for (int c = 0; c < sizes.columns(); c++) {
        body.append(
            String.format(
                Locale.ROOT,
                "      for (int o = 1; o < %d; o++) s%d += %s[o];\n",
                threads / 32,
                c,
                String.format(Locale.ROOT, slot, c)));
      }
      body.append("    }\n");
    }
  }
}
