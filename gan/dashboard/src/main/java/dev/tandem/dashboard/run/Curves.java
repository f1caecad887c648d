package dev.tandem.dashboard.run;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Curves over one axis, thinned out for drawing: where there are more lines than twice the number
 * of buckets, each bucket of lines that follow each other has its least and its greatest value, in
 * the order in which they came. No peak is lost, and none is made up.
 *
 * @param rows how many lines of the run lie in the part that was asked for
 * @param x where the values are, rising
 * @param values by name; NaN where there is none
 * @param smooth running means by name; empty if none were asked for
 */
public record Curves(
    int rows, double[] x, Map<String, double[]> values, Map<String, double[]> smooth) {

  /** What may lie along the axis. */
  public static final List<String> AXES = List.of("round", "images", "seconds");

  /**
   * A question for curves.
   *
   * @param axis the name of the numbers along the axis, as in {@code round}
   * @param names of the curves; unknown ones are left out, and none stands for all
   * @param from the least place on the axis
   * @param to the greatest place on the axis
   * @param buckets at least 1
   * @param smoothing in [0, 1): the part of the running mean that each line keeps
   */
  public record Query(
      String axis, List<String> names, double from, double to, int buckets, double smoothing) {}

  static Curves of(Columns columns, Query query) {
    double[] axis = columns.get(query.axis());
    if (axis == null || columns.rows() == 0) {
      return new Curves(0, new double[0], Map.of(), Map.of());
    }
    double[] place = rising(axis, columns.rows());
    int first = lower(place, query.from());
    int last = upper(place, query.to());
    // A line more at both ends, so that curves leave the picture instead of ending in it.
    first = Math.max(0, first - 1);
    last = Math.min(place.length, last + 1);
    int rows = Math.max(0, last - first);
    int[] bounds = bounds(first, rows, query.buckets());
    boolean whole = rows <= 2 * query.buckets();
    double[] x = whole ? Arrays.copyOfRange(place, first, first + rows) : ends(place, bounds);
    Map<String, double[]> values = new LinkedHashMap<>();
    Map<String, double[]> smooth = new LinkedHashMap<>();
    for (String name : query.names().isEmpty() ? others(columns) : query.names()) {
      double[] column = columns.get(name);
      if (column == null) {
        continue;
      }
      values.put(
          name, whole ? Arrays.copyOfRange(column, first, first + rows) : extremes(column, bounds));
      if (query.smoothing() > 0) {
        double[] mean = mean(column, columns.rows(), query.smoothing());
        smooth.put(
            name, whole ? Arrays.copyOfRange(mean, first, first + rows) : ends(mean, bounds));
      }
    }
    return new Curves(rows, x, values, smooth);
  }

  /**
   * Where rounds are on each axis: at the first line of a round or of a later one.
   *
   * @return for each round, by names of axes; none if there is no such line
   */
  static List<Map<String, Double>> places(Columns columns, List<Long> rounds) {
    Map<String, double[]> axes = new LinkedHashMap<>();
    for (String axis : AXES) {
      double[] column = rounds.isEmpty() ? null : columns.get(axis);
      if (column != null) {
        axes.put(axis, rising(column, columns.rows()));
      }
    }
    return rounds.stream().map(round -> places(axes, round)).toList();
  }

  private static Map<String, Double> places(Map<String, double[]> axes, long round) {
    double[] rounds = axes.get("round");
    Map<String, Double> places = new LinkedHashMap<>();
    if (rounds != null && round >= 0) {
      int row = lower(rounds, round);
      if (row < rounds.length) {
        axes.forEach((axis, place) -> places.put(axis, place[row]));
      }
    }
    return places;
  }

  /** All that is no axis. */
  private static List<String> others(Columns columns) {
    return columns.names().stream().filter(name -> !AXES.contains(name)).toList();
  }

  /** Places that never go back, whatever was written; a line without one is where the last was. */
  private static double[] rising(double[] axis, int rows) {
    double[] place = new double[rows];
    double highest = 0;
    for (int i = 0; i < rows; i++) {
      highest = axis[i] > highest ? axis[i] : highest;
      place[i] = highest;
    }
    return place;
  }

  private static int lower(double[] place, double from) {
    int at = 0;
    while (at < place.length && place[at] < from) {
      at++;
    }
    return at;
  }

  private static int upper(double[] place, double to) {
    int at = place.length;
    while (at > 0 && place[at - 1] > to) {
      at--;
    }
    return at;
  }

  /** Where buckets begin, and where the last one ends. */
  private static int[] bounds(int first, int rows, int buckets) {
    int count = Math.max(1, Math.min(buckets, rows));
    int[] bounds = new int[count + 1];
    for (int i = 0; i <= count; i++) {
      bounds[i] = first + (int) ((long) rows * i / count);
    }
    return bounds;
  }

  /** The first and the last value of each bucket. */
  private static double[] ends(double[] values, int[] bounds) {
    double[] ends = new double[2 * (bounds.length - 1)];
    for (int i = 0; i + 1 < bounds.length; i++) {
      ends[2 * i] = values[bounds[i]];
      ends[2 * i + 1] = values[bounds[i + 1] - 1];
    }
    return ends;
  }

  /** The least and the greatest value of each bucket, in their order. */
  private static double[] extremes(double[] column, int[] bounds) {
    double[] extremes = new double[2 * (bounds.length - 1)];
    Arrays.fill(extremes, Double.NaN);
    for (int i = 0; i + 1 < bounds.length; i++) {
      int least = -1;
      int greatest = -1;
      for (int row = bounds[i]; row < bounds[i + 1]; row++) {
        double value = column[row];
        if (Double.isNaN(value)) {
          continue;
        }
        least = least < 0 || value < column[least] ? row : least;
        greatest = greatest < 0 || value > column[greatest] ? row : greatest;
      }
      if (least >= 0) {
        extremes[2 * i] = column[Math.min(least, greatest)];
        extremes[2 * i + 1] = column[Math.max(least, greatest)];
      }
    }
    return extremes;
  }

  /** An exponential running mean, without the pull of a start at zero. */
  private static double[] mean(double[] column, int rows, double keep) {
    double[] means = new double[rows];
    double sum = 0;
    double weight = 0;
    for (int i = 0; i < rows; i++) {
      if (!Double.isNaN(column[i])) {
        sum = keep * sum + (1 - keep) * column[i];
        weight = keep * weight + (1 - keep);
        means[i] = sum / weight;
      } else {
        means[i] = Double.NaN;
      }
    }
    return means;
  }
}
