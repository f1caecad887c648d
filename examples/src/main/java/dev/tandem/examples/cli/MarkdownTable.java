package dev.tandem.examples.cli;

import com.google.common.base.Strings;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A table that is Markdown and reads well as plain text: the first column left, others right. */
public final class MarkdownTable {

  private final int columns;
  private final List<List<String>> rows = new ArrayList<>();

  /** A table with these headings. */
  public MarkdownTable(List<String> headings) {
    columns = headings.size();
    rows.add(List.copyOf(headings));
  }

  /**
   * Adds a row.
   *
   * @throws IllegalArgumentException if it has more or fewer cells than there are headings
   */
  public MarkdownTable row(List<String> cells) {
    if (cells.size() != columns) {
      throw new IllegalArgumentException(
          "a row of " + cells.size() + " cells in a table of " + columns + " columns: " + cells);
    }
    rows.add(cells.stream().map(cell -> cell.replace("|", "\\|")).toList());
    return this;
  }

  /** The lines, each with its end. */
  public String text() {
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(Math.max(widths[i], 3), row.get(i).length());
      }
    }
    StringBuilder text = new StringBuilder(line(rows.get(0), widths));
    List<String> rule = new ArrayList<>();
    for (int i = 0; i < columns; i++) {
      rule.add(i == 0 ? Strings.repeat("-", widths[i]) : Strings.repeat("-", widths[i] - 1) + ":");
    }
    text.append(line(rule, widths));
    rows.stream().skip(1).forEach(row -> text.append(line(row, widths)));
    return text.toString();
  }

  private String line(List<String> row, int[] widths) {
    List<String> padded = new ArrayList<>();
    for (int i = 0; i < columns; i++) {
      padded.add(
          i == 0
              ? Strings.padEnd(row.get(i), widths[i], ' ')
              : Strings.padStart(row.get(i), widths[i], ' '));
    }
    return padded.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
  }
}
