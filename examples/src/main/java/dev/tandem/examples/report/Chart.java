package dev.tandem.examples.report;

import dev.tandem.examples.trained.RunNumbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Curves over rounds as SVG, in colors that the page's style gives: {@code c0} to {@code c6}, which
 * most eyes tell apart, and dashes for a second number.
 */
final class Chart {

  private static final int WIDTH = 460;
  private static final int HEIGHT = 230;
  private static final int LEFT = 58;
  private static final int RIGHT = 10;
  private static final int TOP = 12;
  private static final int BOTTOM = 24;
  private static final int TICKS = 4;
  private static final int COLORS = 7;
  private static final int MOST_POINTS = 600;

  private record Series(String label, RunNumbers.Curve curve, int color, boolean dashed) {}

  private final String title;
  private final List<Series> all = new ArrayList<>();

  Chart(String title) {
    this.title = title;
  }

  /** Adds a curve, if it has points. */
  void add(String label, RunNumbers.Curve curve, int color, boolean dashed) {
    if (curve.values().length > 0) {
      all.add(new Series(label, curve, color % COLORS, dashed));
    }
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  /** A figure with its legend. */
  String figure() {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    double rounds = 1;
    for (Series series : all) {
      for (double value : series.curve().values()) {
        least = Math.min(least, value);
        most = Math.max(most, value);
      }
      for (double round : series.curve().rounds()) {
        rounds = Math.max(rounds, round);
      }
    }
    if (least == most) {
      double room = least == 0 ? 1 : Math.abs(least) / 2;
      least -= room;
      most += room;
    }
    StringBuilder svg = new StringBuilder("<figure><figcaption>");
    svg.append(Escaped.html(title)).append("</figcaption><svg viewBox=\"0 0 ").append(WIDTH);
    svg.append(' ').append(HEIGHT).append("\" role=\"img\" aria-label=\"");
    svg.append(Escaped.html(title + " by round, from " + number(least) + " to " + number(most)));
    svg.append("\">");
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
    svg.append("</svg><ul class=\"legend\">");
    for (Series series : all) {
      svg.append("<li><span class=\"k").append(series.color());
      svg.append(series.dashed() ? " dashed" : "").append("\"></span>");
      svg.append(Escaped.html(series.label())).append("</li>");
    }
    return svg.append("</ul></figure>\n").toString();
  }

  /** A round distance of ticks, of which a few fit. */
  private static double step(double whole) {
    double about = whole / TICKS;
    double power = Math.pow(10, Math.floor(Math.log10(about)));
    double times = about / power;
    return power * (times < 1.5 ? 1 : times < 3.5 ? 2 : times < 7.5 ? 5 : 10);
  }

  private static String curve(Series series, double least, double most, double rounds) {
    double[] at = series.curve().rounds();
    double[] values = series.curve().values();
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
      if (i % step == 0 || i == values.length - 1) {
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
        Escaped.html(text));
  }

  private static String whole(double round) {
    return String.format(Locale.ROOT, "%.0f", round);
  }

  /** As a person writes it, with three digits or so. */
  static String number(double value) {
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
