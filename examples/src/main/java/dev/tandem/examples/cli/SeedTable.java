package dev.tandem.examples.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A table of numbers of one or more seeds: those of one as they are, of several as mean ± half of
 * the 95 % interval (Student's t over seeds). Cells without numbers are empty.
 */
public final class SeedTable {

  /** The two-sided 95 % quantiles of Student's t, for 1 to 9 degrees of freedom. */
  private static final double[] STUDENT = {
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262
  };

  private final String heading;
  private final Map<String, String> formats = new LinkedHashMap<>();
  private final Map<String, Map<String, List<Double>>> rows = new LinkedHashMap<>();

  /**
   * A table without columns and rows.
   *
   * @param heading of the first column, what rows are
   */
  public SeedTable(String heading) {
    this.heading = heading;
  }

  /**
   * Adds a column.
   *
   * @param format of its numbers, as in {@code %.2f}
   */
  public SeedTable column(String name, String format) {
    formats.put(name, format);
    return this;
  }

  /**
   * Adds the number of one seed.
   *
   * @throws IllegalArgumentException if there is no such column
   */
  public void add(String row, String column, double value) {
    if (!formats.containsKey(column)) {
      throw new IllegalArgumentException(
          "there is no column \"" + column + "\"; there are " + formats.keySet());
    }
    rows.computeIfAbsent(row, name -> new LinkedHashMap<>())
        .computeIfAbsent(column, name -> new ArrayList<>())
        .add(value);
  }

  /** The lines, each with its end. */
  public String text() {
    List<String> headings = new ArrayList<>(List.of(heading));
    headings.addAll(formats.keySet());
    MarkdownTable table = new MarkdownTable(headings);
    rows.forEach(
        (name, numbers) -> {
          List<String> cells = new ArrayList<>(List.of(name));
          formats.forEach(
              (column, format) -> cells.add(cell(format, numbers.getOrDefault(column, List.of()))));
          table.row(cells);
        });
    return table.text();
  }

  private static String cell(String format, List<Double> numbers) {
    if (numbers.isEmpty()) {
      return "";
    }
    Mean mean = Mean.of(numbers, Double::doubleValue);
    String text = String.format(Locale.ROOT, format, mean.value());
    return numbers.size() == 1
        ? text
        : text + " ± " + String.format(Locale.ROOT, format, halfInterval(mean, numbers.size()));
  }

  private static double halfInterval(Mean mean, int numbers) {
    int free = numbers - 1;
    double student = free <= STUDENT.length ? STUDENT[free - 1] : 1.96 + 2.5 / free;
    return student * mean.standardError();
  }
}
