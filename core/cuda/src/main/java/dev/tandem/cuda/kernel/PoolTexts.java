package dev.tandem.cuda.kernel;

import dev.tandem.core.op.image.ConvGeometry;
import dev.tandem.core.op.image.PoolWindow;
import dev.tandem.core.tensor.Shape;
import dev.tandem.cuda.text.CType;
import java.util.Locale;

/**
 * The statements that pool one element. Gradients go from a pixel to the windows that it lies in,
 * so that nothing is added to by several threads.
 *
 * @param image (batch, height, width, channels)
 * @param pooled what it is pooled to
 */
record PoolTexts(PoolWindow window, CType type, Shape image, Shape pooled) {

  private ConvGeometry geometry() {
    return window.geometry();
  }

  /** The pixels of window (y, x) inside the image: rows from y0 to y1, columns from x0 to x1. */
  private String bounds(String y, String x) {
    ConvGeometry g = geometry();
    return String.format(
        Locale.ROOT,
        """
            const I ya = %1$s * %3$d - %4$d, xa = %2$s * %5$d - %6$d;
            const I y0 = ya < 0 ? 0 : ya, y1 = ya + %7$d < %8$d ? ya + %7$d : %8$d;
            const I x0 = xa < 0 ? 0 : xa, x1 = xa + %9$d < %10$d ? xa + %9$d : %10$d;
        """,
        y,
        x,
        g.strideHeight(),
        g.top(),
        g.strideWidth(),
        g.left(),
        window.height(),
        image.size(1),
        window.width(),
        image.size(2));
  }

  /** The windows that hold pixel (y, x): rows from o0 to o1, columns from u0 to u1. */
  private String holders() {
    ConvGeometry g = geometry();
    return holders("y", "o", g.strideHeight(), g.top(), window.height(), pooled.size(1))
        + holders("x", "u", g.strideWidth(), g.left(), window.width(), pooled.size(2));
  }

  private static String holders(String at, String out, int stride, int before, int size, long end) {
    return String.format(
        Locale.ROOT,
        """
            const I %1$sf = %1$s + %3$d, %1$sb = %1$sf - %4$d;
            const I %2$s0 = %1$sb <= 0 ? 0 : (%1$sb + %5$d - 1) / %5$d;
            const I %2$s1 = %1$sf / %5$d + 1 < %6$d ? %1$sf / %5$d + 1 : %6$d;
        """,
        at,
        out,
        before,
        size - 1,
        stride,
        end);
  }

  private String pixel(String row, String column) {
    return String.format(
        Locale.ROOT,
        "p0[((n * %d + %s) * %d + %s) * %d + c]",
        image.size(1),
        row,
        image.size(2),
        column,
        image.size(3));
  }

  private String atWindow(String parameter) {
    return parameter
        + String.format(
            Locale.ROOT,
            "[((n * %d + o) * %d + u) * %d + c]",
            pooled.size(1),
            pooled.size(2),
            pooled.size(3));
  }

  /** Where the search for a largest begins: as in the definition, nothing below it counts. */
  private String lowest() {
    return type.number(type == CType.FLOAT ? -Float.MAX_VALUE : -Double.MAX_VALUE);
  }

  /** Defines m, the largest of a window; NaN if it holds one. */
  private String findLargest() {
    return String.format(
        Locale.ROOT,
        """
            %1$s m = %2$s;
            for (I r = y0; r < y1; r++) {
              for (I q = x0; q < x1; q++) {
                const %1$s v = %3$s;
                m = v > m || v != v ? v : m;
              }
            }
        """,
        type.text(),
        lowest(),
        pixel("r", "q"));
  }

  /** The largest; NaN if there is one. */
  String largest() {
    return Layouts.coordinates(pooled) + bounds("y", "x") + findLargest() + "    p1[i] = m;\n";
  }

  /** What of p1 stands where p0 has its first largest; what does not counts 0 times. */
  String selected() {
    return Layouts.coordinates(pooled)
        + bounds("y", "x")
        + findLargest()
        + String.format(
            Locale.ROOT,
            """
            %1$s sum = 0;
            bool free = true;
            for (I r = y0; r < y1; r++) {
              for (I q = x0; q < x1; q++) {
                const bool taken = free && %2$s == m;
                free = free && !taken;
                sum += (taken ? (%1$s)1 : (%1$s)0) * %3$s;
              }
            }
            p2[i] = sum;
        """,
            type.text(),
            pixel("r", "q"),
            pixel("r", "q").replace("p0", "p1"));
  }

  /** The sum of the gradients of the windows whose first largest a pixel is; never NaN's. */
  String largestGradient() {
    return Layouts.coordinates(image)
        + holders()
        + String.format(
            Locale.ROOT,
            """
            %1$s sum = 0;
            for (I o = o0; o < o1; o++) {
              for (I u = u0; u < u1; u++) {
        %2$s
                %1$s m = %3$s;
                I row = y0, column = x0;
                for (I r = y0; r < y1; r++) {
                  for (I q = x0; q < x1; q++) {
                    const %1$s v = %4$s;
                    if (v > m) {
                      m = v;
                      row = r;
                      column = q;
                    }
                  }
                }
                if (row == y && column == x) {
                  sum += %5$s;
                }
              }
            }
            p2[i] = sum;
        """,
            type.text(),
            bounds("o", "u"),
            lowest(),
            pixel("r", "q"),
            atWindow("p1"));
  }

  private String count(boolean countPadding) {
    return countPadding ? "" + window.height() * window.width() : "((y1 - y0) * (x1 - x0))";
  }

  /** The mean. */
  String mean(boolean countPadding) {
    return Layouts.coordinates(pooled)
        + bounds("y", "x")
        + String.format(
            Locale.ROOT,
            """
            %1$s sum = 0;
            for (I r = y0; r < y1; r++) {
              for (I q = x0; q < x1; q++) {
                sum += %2$s;
              }
            }
            p1[i] = sum / (%1$s)%3$s;
        """,
            type.text(),
            pixel("r", "q"),
            count(countPadding));
  }

  /** The sum of the shares of the windows that hold a pixel. */
  String meanGradient(boolean countPadding) {
    return Layouts.coordinates(image)
        + holders()
        + String.format(
            Locale.ROOT,
            """
            %1$s sum = 0;
            for (I o = o0; o < o1; o++) {
              for (I u = u0; u < u1; u++) {
        %2$s
                sum += %3$s / (%1$s)%4$s;
              }
            }
            p1[i] = sum;
        """,
            type.text(),
            countPadding ? "" : bounds("o", "u"),
            atWindow("p0"),
            count(countPadding));
  }
}
