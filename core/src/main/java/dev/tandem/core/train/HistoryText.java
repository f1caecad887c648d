package dev.tandem.core.train;

import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Histories as text. */
final class HistoryText {

  private HistoryText() {}

  /** Names first, then a line for each epoch, counted from 0. */
  static String csv(History history) {
    StringBuilder text = new StringBuilder("epoch");
    names(history).forEach(name -> text.append(',').append(quoted(name)));
    text.append('\n');
    int epoch = history.firstEpoch();
    for (ImmutableMap<String, Double> numbers : history.epochs()) {
      text.append(epoch++);
      numbers.values().forEach(number -> text.append(',').append(number));
      text.append('\n');
    }
    return text.toString();
  }

  private static List<String> names(History history) {
    List<ImmutableMap<String, Double>> epochs = history.epochs();
    return epochs.isEmpty() ? List.of() : epochs.get(0).keySet().asList();
  }

  private static String quoted(String name) {
    return name.matches("[^\",\n\r]*") ? name : '"' + name.replace("\"", "\"\"") + '"';
  }

  /** A chart for each number, with validation data's beside it. */
  static String svg(History history) {
    List<LineChart> charts = new ArrayList<>();
    List<String> names = names(history);
    for (String name : names) {
      boolean validated = name.startsWith(Reported.VALIDATION);
      if (validated && names.contains(name.substring(Reported.VALIDATION.length()))) {
        continue;
      }
      LineChart chart = new LineChart(name);
      add(chart, history, name, 0, false);
      if (names.contains(Reported.VALIDATION + name)) {
        add(chart, history, Reported.VALIDATION + name, 1, true);
      }
      charts.add(chart);
    }
    return LineChart.svg(charts);
  }

  private static void add(
      LineChart chart, History history, String name, int color, boolean dashed) {
    double[] values = history.of(name).stream().mapToDouble(Double::doubleValue).toArray();
    double[] at =
        IntStream.range(0, values.length).mapToDouble(i -> i + history.firstEpoch()).toArray();
    chart.add(name, at, values, color, dashed);
  }

  /** Aligned to the right. */
  static String table(History history) {
    List<List<String>> rows = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("epoch"));
    head.addAll(names(history));
    rows.add(head);
    int epoch = history.firstEpoch();
    for (ImmutableMap<String, Double> numbers : history.epochs()) {
      List<String> row = new ArrayList<>(List.of(Integer.toString(epoch++)));
      numbers.values().forEach(number -> row.add(number(number)));
      rows.add(row);
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        int column = i;
        int width = rows.stream().mapToInt(one -> one.get(column).length()).max().orElse(0);
        text.append(i == 0 ? "" : "  ");
        text.append(" ".repeat(width - row.get(i).length())).append(row.get(i));
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static String number(double number) {
    double size = Math.abs(number);
    boolean plain = size == 0 || size >= 1e-3 && size < 1e5 || !Double.isFinite(number);
    return String.format(Locale.ROOT, plain ? "%.4f" : "%.3e", number);
  }
}
