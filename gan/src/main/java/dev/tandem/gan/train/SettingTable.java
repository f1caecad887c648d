package dev.tandem.gan.train;

import java.util.ArrayList;
import java.util.List;

/** Differences in columns: what it is, what it was, what it is now. */
final class SettingTable {

  /** The most differences that a table lists. */
  private static final int MOST = 12;

  /** The widest value that is told whole. */
  private static final int WIDEST = 34;

  private static final int BEFORE = 8;

  private SettingTable() {}

  /** Lines with two spaces in front, the first one a heading. */
  static String of(List<SettingDifference> differences) {
    int told = Math.min(MOST, differences.size());
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("", "was", "is"));
    for (SettingDifference difference : differences.subList(0, told)) {
      int same = common(difference.was(), difference.is());
      rows.add(
          List.of(
              difference.setting(),
              shortened(difference.was(), same),
              shortened(difference.is(), same)));
    }
    int first = width(rows, 0);
    int second = width(rows, 1);
    StringBuilder table = new StringBuilder();
    for (List<String> row : rows) {
      String line =
          padded(row.get(0), first) + "  " + padded(row.get(1), second) + "  " + row.get(2);
      table.append("\n  ").append(line);
    }
    return table
        + (told < differences.size() ? "\n  and " + (differences.size() - told) + " more" : "");
  }

  private static int width(List<List<String>> rows, int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(width - text.length());
  }

  /** The number of letters that two texts begin with alike. */
  private static int common(String was, String is) {
    int same = 0;
    while (same < Math.min(was.length(), is.length()) && was.charAt(same) == is.charAt(same)) {
      same++;
    }
    return same;
  }

  /** Of a long text what lies around the first letter that differs. */
  private static String shortened(String text, int same) {
    if (text.length() <= WIDEST) {
      return text;
    }
    int from = Math.max(0, Math.min(same - BEFORE, text.length() - WIDEST));
    int to = Math.min(text.length(), from + WIDEST);
    return (from > 0 ? "…" : "") + text.substring(from, to) + (to < text.length() ? "…" : "");
  }
}
