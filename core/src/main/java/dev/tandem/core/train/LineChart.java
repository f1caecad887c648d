package dev.tandem.core.train;

import com.google.common.html.HtmlEscapers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Curves as SVG, in seven colors that most eyes tell apart, and dashes for a second number: {@link
 * #svg} is a picture of its own, and {@link #figure} a part of a page whose style has the colors
 * {@code c0} to {@code c6}.
 */
public final class LineChart {

  private static final int WIDTH = 460;
  private static final int HEIGHT = 230;
  private static final int LEFT = 58;
  private static final int RIGHT = 10;
  private static final int TOP = 12;
  private static final int BOTTOM = 24;
  private static final int TICKS = 4;
  private static final int COLORS = 7;
  private static final int LEGEND = 18;

  /** Of pictures that stand for themselves. */
  private static final String STYLE =
      """
      <style>text{font:11px system-ui,sans-serif;fill:#5b6470}.title{font-size:13px;fill:#1c1e21}
      line.grid{stroke:#d9dde3}polyline{fill:none;stroke-width:1.6}.dashed{stroke-dasharray:5 3}
      .c0{stroke:#0072b2}.c1{stroke:#d55e00}.c2{stroke:#009e73}.c3{stroke:#cc79a7}
      .c4{stroke:#b07c00}.c5{stroke:#56b4e9}.c6{stroke:#000}</style>
      """;

  private static final int MOST_POINTS = 600;

  @SuppressWarnings("ArrayRecordComponent") // compared with nothing
  private record Series(String label, double[] at, double[] values, int color, boolean dashed) {}

  private final String title;
  private final List<Series> all = new ArrayList<>();

  /** A chart without curves yet. */
  public LineChart(String title) {
    this.title = title;
  }

  /**
   * Adds a curve, if it has points.
   *
   * @param at where its points are, ascending and at least 0
   * @param values as many
   * @param color a number of at least 0, of which each seventh is the same
   */
  public void add(String label, double[] at, double[] values, int color, boolean dashed) {
    if (values.length > 0) {
      all.add(new Series(label, at.clone(), values.clone(), color % COLORS, dashed));
    }
  }

  /** Whether there is no curve. */
  public boolean isEmpty() {
    return all.isEmpty();
  }

  /** The chart with title and legend as a picture of its own, for a file that ends in .svg. */
  public String svg() {
    return svg(List.of(this));
  }

  /** Charts below each other as one picture. */
  public static String svg(List<LineChart> charts) {
    int each = HEIGHT + LEGEND + 2 * TOP;
    StringBuilder svg =
        new StringBuilder("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ");
    svg.append(WIDTH).append(' ').append(each * charts.size()).append("\" width=\"");
    svg.append(2 * WIDTH).append("\">\n").append(STYLE);
    svg.append("<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n");
    for (int i = 0; i < charts.size(); i++) {
      svg.append(String.format(Locale.ROOT, "<g transform=\"translate(0,%d)\">", i * each));
      charts.get(i).alone(svg);
      svg.append("</g>\n");
    }
    return svg.append("</svg>\n").toString();
  }

  private void alone(StringBuilder svg) {
    svg.append("<text class=\"title\" x=\"").append(LEFT).append("\" y=\"16\">");
    svg.append(escaped(title)).append("</text>");
    svg.append(String.format(Locale.ROOT, "<g transform=\"translate(0,%d)\">", TOP));
    draw(svg);
    svg.append("</g>");
    double x = LEFT;
    double y = HEIGHT + 2 * TOP;
    for (Series series : all) {
      String style = "c" + series.color() + (series.dashed() ? " dashed" : "");
      svg.append(line(style, x, y - 4, x + 20, y - 4))
          .append(text(x + 25, y, "start", series.label()));
      x += 40 + 6.5 * series.label().length();
    }
  }

  /** The chart as a figure of a page, with its legend. */
  public String figure() {
    StringBuilder svg = new StringBuilder("<figure><figcaption>");
    svg.append(escaped(title)).append("</figcaption><svg viewBox=\"0 0 ").append(WIDTH);
    svg.append(' ').append(HEIGHT).append("\" role=\"img\" aria-label=\"");
    double[] range = range();
    svg.append(escaped(title + " by round, from " + number(range[0]) + " to " + number(range[1])));
    svg.append("\">");
    draw(svg);
    svg.append("</svg><ul class=\"legend\">");
    for (Series series : all) {
      svg.append("<li><span class=\"k").append(series.color());
      svg.append(series.dashed() ? " dashed" : "").append("\"></span>");
      svg.append(escaped(series.label())).append("</li>");
    }
    return svg.append("</ul></figure>\n").toString();
  }

  /** The least and the largest value, apart from each other. */
  private double[] range() {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (Series series : all) {
      for (double value : series.values()) {
        if (Double.isFinite(value)) {
          least = Math.min(least, value);
          most = Math.max(most, value);
        }
      }
    }
    if (!(least <= most)) { // no number is finite
      return new double[] {0, 1};
    }
    double room = least < most ? 0 : least == 0 ? 1 : Math.abs(least) / 2;
    return new double[] {least - room, most + room};
  }

  private void draw(StringBuilder svg) {
    double least = range()[0];
    double most = range()[1];
    double rounds = 1;
    for (Series series : all) {
      for (double at : series.at()) {
        rounds = Math.max(rounds, at);
      }
    }
    double step = step(most - least);
    for (double tick = Math.ceil(least / step); tick * step <= most; tick++) {
      double y = y(tick * step, least, most);
      svg.append(line("grid", LEFT, y, WIDTH - RIGHT, y));
      svg.append(text(LEFT - 6, y + 4, "end", number(tick * step)));
    }
    double far = Math.max(1, step(rounds));
    for (double round = 0; round <= rounds; round += far) {
      boolean last = round + far > rounds;
      svg.append(text(x(round, rounds), HEIGHT - 6, last ? "end" : "middle", whole(round)));
    }
    for (Series series : all) {
      svg.append(curve(series, least, most, rounds));
    }
  }

  /** A round distance of ticks, of which a few fit. */
  private static double step(double whole) {
    double about = whole / TICKS;
    double power = Math.pow(10, Math.floor(Math.log10(about)));
    double times = about / power;
    return power * (times < 1.5 ? 1 : times < 3.5 ? 2 : times < 7.5 ? 5 : 10);
  }

  private static String curve(Series series, double least, double most, double rounds) {
    double[] at = series.at();
    double[] values = series.values();
    String style = "c" + series.color() + (series.dashed() ? " dashed" : "");
    if (values.length == 1) {
      return String.format(
          Locale.ROOT,
          "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"3\"/>",
          style,
          x(at[0], rounds),
          y(values[0], least, most));
    }
    StringBuilder points = new StringBuilder("<polyline class=\"" + style + "\" points=\"");
    int step = Math.max(1, values.length / MOST_POINTS);
    for (int i = 0; i < values.length; i++) {
      if ((i % step == 0 || i == values.length - 1) && Double.isFinite(values[i])) {
        points.append(
            String.format(Locale.ROOT, "%.1f,%.1f ", x(at[i], rounds), y(values[i], least, most)));
      }
    }
    return points.append("\"/>").toString();
  }

  private static double x(double round, double rounds) {
    return LEFT + round / rounds * (WIDTH - LEFT - RIGHT);
  }

  private static double y(double value, double least, double most) {
    return TOP + (most - value) / (most - least) * (HEIGHT - TOP - BOTTOM);
  }

  private static String line(String style, double x1, double y1, double x2, double y2) {
    return String.format(
        Locale.ROOT,
        "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>",
        style,
        x1,
        y1,
        x2,
        y2);
  }

  private static String text(double x, double y, String anchor, String text) {
    return String.format(
        Locale.ROOT,
        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>",
        x,
        y,
        anchor,
        escaped(text));
  }

  private static String whole(double round) {
    return String.format(Locale.ROOT, "%.0f", round);
  }

  private static String escaped(String text) {
    return HtmlEscapers.htmlEscaper().escape(text.replaceAll("[\\p{Cntrl}&&[^\n\t]]", "\ufffd"));
  }

  /** As a person writes it, with three digits or so. */
  public static String number(double value) {
    if (value == 0) {
      return "0";
    }
    double size = Math.abs(value);
    String text =
        size >= 1e5 || size < 1e-3
            ? String.format(Locale.ROOT, "%.2e", value)
            : String.format(Locale.ROOT, size >= 100 ? "%.0f" : "%.3g", value);
    return text.contains(".") ? text.replaceFirst("\\.?0+(?=e|$)", "") : text;
  }
}
