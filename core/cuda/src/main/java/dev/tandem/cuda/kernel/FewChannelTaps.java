package dev.tandem.cuda.kernel;

import dev.tandem.core.op.image.ConvGeometry;
import dev.tandem.cuda.device.Command.ConvolutionKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/**
 * Which pixels a thread reads for some results side by side, and what each meets: known when the
 * text is written, so that a pixel is read once for all of them.
 *
 * @param conv the convolution
 * @param across the results side by side; for the image's gradient a multiple of the stride
 */
record FewChannelTaps(ConvCall conv, int across) {

  private static final int MOST_ACROSS = 8;
  private static final int MOST_SUMS = 24;
  private static final long MOST_STEPS = 320;

  /** A result, counted from the first, that a pixel meets by a column of the kernel. */
  record Tap(int result, int column) {}

  /** The results that are best computed side by side, or 0 if none are. */
  static int across(ConvCall conv, long width, long few) {
    long columns = conv.kernel().size(1);
    int step = conv.kind() == ConvolutionKind.IMAGE_GRADIENT ? conv.geometry().strideWidth() : 1;
    int best = 0;
    long least = Long.MAX_VALUE;
    for (int across = step; across <= MOST_ACROSS; across += step) {
      boolean fits = few * across <= MOST_SUMS && few * across * columns <= MOST_STEPS;
      long cost = (width + across - 1) / across * (across + columns);
      if (fits && cost <= least) {
        least = cost;
        best = across;
      }
    }
    return best;
  }

  /** What the pixels meet, from the leftmost on; counted from {@link #begin}. */
  TreeMap<Integer, List<Tap>> pixels() {
    ConvGeometry g = conv.geometry();
    TreeMap<Integer, List<Tap>> pixels = new TreeMap<>();
    for (int result = 0; result < across; result++) {
      for (int column = 0; column < conv.kernel().size(1); column++) {
        int at = result * g.strideWidth() + column * g.dilationWidth();
        if (conv.kind() == ConvolutionKind.IMAGE_GRADIENT) {
          int moved = result + g.left() - column * g.dilationWidth();
          if (Math.floorMod(moved, g.strideWidth()) != 0) {
            continue;
          }
          at = Math.floorDiv(moved, g.strideWidth());
        }
        pixels.computeIfAbsent(at, a -> new ArrayList<>()).add(new Tap(result, column));
      }
    }
    return pixels;
  }

  /** The columns of the kernel that meet anything. */
  List<Integer> columns() {
    return pixels().values().stream()
        .flatMap(Collection::stream)
        .map(Tap::column)
        .distinct()
        .sorted()
        .toList();
  }

  /** Where the pixels are counted from, for results from column x on. */
  String begin(String x) {
    ConvGeometry g = conv.geometry();
    return conv.kind() == ConvolutionKind.IMAGE_GRADIENT
        ? x + " / " + g.strideWidth()
        : x + " * " + g.strideWidth() + " - " + g.left();
  }

  /** Finds the row sy that row r of the kernel meets for results of row y, or goes on. */
  String row(String y, long rows) {
    ConvGeometry g = conv.geometry();
    if (conv.kind() == ConvolutionKind.IMAGE_GRADIENT) {
      return String.format(
          Locale.ROOT,
          "      const I ry = %1$s + %2$d - r * %3$d, sy = ry / %4$d;\n      if (ry < 0 || ry %% %4$d != 0 || sy >= %5$d) continue;\n",
          y,
          g.top(),
          g.dilationHeight(),
          g.strideHeight(),
          rows);
    }
    return String.format(
        Locale.ROOT,
        "      const I sy = %1$s * %2$d - %3$d + r * %4$d;\n      if (sy < 0 || sy >= %5$d) continue;\n",
        y,
        g.strideHeight(),
        g.top(),
        g.dilationHeight(),
        rows);
  }
}
