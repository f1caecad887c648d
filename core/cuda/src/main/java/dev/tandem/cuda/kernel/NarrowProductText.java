package dev.tandem.cuda.kernel;

import dev.tandem.cuda.text.Grid;
import dev.tandem.cuda.text.KernelText;
import dev.tandem.cuda.text.Once;
import java.util.Locale;

/**
 * Sums over the rows of two matrices, as gradients of weights are, where one side of the result is
 * a few numbers: threads side by side have the long side, and those of a block share the rows.
 */
final class NarrowProductText {

  private static final int WIDTH = 32;
  private static final int HEIGHT = 8;

  private NarrowProductText() {}

  /** The kernel. */
  static KernelText of(SmallProductText writer) {
    ProductSizes sizes = writer.sizes();
    boolean across = sizes.columns() > sizes.rows();
    long length = Math.max(sizes.rows(), sizes.columns());
    int few = (int) Math.min(sizes.rows(), sizes.columns());
    long tiles = (length + WIDTH - 1) / WIDTH;
    String type = writer.type().text();
    String many =
        across
            ? Once.read("p1", writer.second("batch", "k", "at"))
            : Once.read("p0", writer.first("batch", "at", "k"));
    StringBuilder body = new StringBuilder();
    body.append(
        String.format(
            Locale.ROOT,
            """
              typedef %1$s I;
              __shared__ %2$s parts[%3$d][32];
              for (I t = blockIdx.x; t < %4$d; t += gridDim.x) {
                const I batch = t / %5$d, at = t %% %5$d * 32 + threadIdx.x;
            """,
            ElementLoop.index(Math.max(writer.largest(), sizes.batch() * tiles * WIDTH)),
            type,
            HEIGHT * few,
            sizes.batch() * tiles,
            tiles));
    for (int j = 0; j < few; j++) {
      body.append(String.format(Locale.ROOT, "    %s s%d = 0;\n", type, j));
    }
    body.append(
        String.format(
            Locale.ROOT,
            """
                if (at < %d) {
                  for (I k = threadIdx.y; k < %d; k += 8) {
                    const %s x = %s;
            """,
            length,
            sizes.inner(),
            type,
            many));
    for (int j = 0; j < few; j++) {
      String one =
          across
              ? "p0[" + writer.first("batch", "" + j, "k") + "]"
              : "p1[" + writer.second("batch", "k", "" + j) + "]";
      body.append(
          String.format(
              Locale.ROOT,
              "        s%1$d = %2$s(%3$s, x, s%1$d);\n",
              j,
              writer.type().function("fma"),
              one));
    }
    body.append("      }\n    }\n");
    for (int j = 0; j < few; j++) {
      body.append(
          String.format(
              Locale.ROOT, "    parts[threadIdx.y * %d + %d][threadIdx.x] = s%d;\n", few, j, j));
    }
    body.append(
        String.format(
            Locale.ROOT,
            """
                __syncthreads();
                for (int o = 4; o > 0; o /= 2) {
                  if (threadIdx.y < o) {
                    for (int j = 0; j < %1$d; j++) {
                      parts[threadIdx.y * %1$d + j][threadIdx.x] += parts[(threadIdx.y + o) * %1$d + j][threadIdx.x];
                    }
                  }
                  __syncthreads();
                }
                if (threadIdx.y == 0 && at < %2$d) {
            """,
            few,
            length));
    for (int j = 0; j < few; j++) {
      String row = across ? "" + j : "at";
      String column = across ? "at" : "" + j;
      String index =
          String.format(
              Locale.ROOT,
              "(batch * %d + %s) * %d + %s",
              sizes.rows(),
              row,
              sizes.columns(),
              column);
      body.append(
          String.format(Locale.ROOT, "      const %s r%d = parts[%d][threadIdx.x];\n", type, j, j));
      body.append("      ").append(writer.end("r" + j, column, index));
    }
    body.append("    }\n    __syncthreads();\n  }\n");
    int blocks = (int) Math.min(SmallProducts.MOST_BLOCKS, sizes.batch() * tiles);
    return new KernelText(
        writer.label(), writer.parameters(), body.toString(), new Grid(blocks, 1, WIDTH, HEIGHT));
  }
}
