package dev.tandem.examples.bench.scale;

import dev.tandem.examples.bench.support.Figures;
import dev.tandem.examples.cli.MarkdownTable;
import java.util.List;
import java.util.Locale;

/**
 * Sizes with what they cost. Flops and time of a sample are also given as multiples of the base's:
 * where the arithmetic decides alone, the two are equal.
 */
final class ScaleTable {

  private final MarkdownTable table =
      new MarkdownTable(
          List.of(
              "batch",
              "width",
              "depth",
              "MFLOP/sample",
              "ms/sample",
              "GFLOP/s",
              "flops ×",
              "time ×",
              "peak MB"));
  private double baseFlops = Double.NaN;
  private double baseTime = Double.NaN;

  /** A size that was measured; the first is the base. */
  void add(Size size, long flops, Figures figures) {
    double time = figures.median() / size.batch();
    if (Double.isNaN(baseTime)) {
      baseTime = time;
      baseFlops = flops;
    }
    row(
        size,
        number("%.1f", flops / 1e6),
        number("%.4f", time),
        number("%.1f", flops / time / 1e6),
        number("%.2f", flops / baseFlops),
        number("%.2f", time / baseTime),
        number("%.0f", figures.peakMegabytes()));
  }

  /** A size that was not, and a word for why. */
  void add(Size size, String word) {
    row(size, "", word, "", "", "", "");
  }

  private void row(Size size, String... cells) {
    String[] all = new String[cells.length + 3];
    all[0] = Integer.toString(size.batch());
    all[1] = "×" + size.width();
    all[2] = "×" + size.depth();
    System.arraycopy(cells, 0, all, 3, cells.length);
    table.row(List.of(all));
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  /** The table. */
  String text() {
    return table.text();
  }
}
