package dev.tandem.dashboard.run;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The numbers of a run in columns that grow; what a line does not have is NaN. */
final class Columns {

  private static final int FIRST = 64;

  private final Map<String, double[]> columns = new LinkedHashMap<>();
  private int rows;
  private int room = FIRST;

  /** The number of lines. */
  int rows() {
    return rows;
  }

  /** The number of numbers that there is room for. */
  long weight() {
    return (long) room * columns.size();
  }

  Set<String> names() {
    return columns.keySet();
  }

  /** A column, of which the first {@link #rows} count; null if there is none. */
  double @Nullable [] get(String name) {
    return columns.get(name);
  }

  /** Adds a line. */
  void add(Map<String, Double> line) {
    if (rows == room) {
      room *= 2;
      columns.replaceAll((name, values) -> grown(values));
    }
    for (Map.Entry<String, Double> number : line.entrySet()) {
      double[] column = columns.get(number.getKey());
      if (column == null) {
        column = new double[room];
        Arrays.fill(column, Double.NaN);
        columns.put(number.getKey(), column);
      }
      column[rows] = number.getValue();
    }
    rows++;
  }

  private double[] grown(double[] values) {
    double[] more = Arrays.copyOf(values, room);
    Arrays.fill(more, values.length, room, Double.NaN);
    return more;
  }

  /** Keeps this many lines. */
  void cut(int kept) {
    for (double[] column : columns.values()) {
      Arrays.fill(column, kept, rows, Double.NaN);
    }
    rows = kept;
  }
}
