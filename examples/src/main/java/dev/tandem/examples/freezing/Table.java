package dev.tandem.examples.freezing;

import com.google.common.collect.ImmutableList;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/** Steps as a table, one row each: a weight that moved is shown as {@code 2 -> 1.85}. */
final class Table {

  private static final MathContext DIGITS = new MathContext(6);

  private Table() {}

  /** Prints the steps of a recorder. */
  static void print(Recorder recorder, PrintWriter out) {
    List<List<String>> rows = new ArrayList<>();
    ImmutableList.Builder<String> head = ImmutableList.builder();
    rows.add(head.add("case", "frozen", "step of", "loss").addAll(recorder.names()).build());
    Step last = null;
    for (Step step : recorder.steps()) {
      rows.add(row(step, last != null && last.number() == step.number()));
      last = step;
    }
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    rows.forEach(row -> out.println(line(row, widths)));
  }

  private static List<String> row(Step step, boolean sameCase) {
    List<String> row = new ArrayList<>();
    row.add(sameCase ? "" : Integer.toString(step.number()));
    row.add(sameCase ? "" : step.setting());
    row.add(step.model());
    row.add(number(step.loss()));
    for (int i = 0; i < step.before().size(); i++) {
      String before = number(step.before().get(i));
      String after = number(step.after().get(i));
      row.add(step.before().get(i).equals(step.after().get(i)) ? before : before + " -> " + after);
    }
    return row;
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder(" ");
    for (int i = 0; i < widths.length; i++) {
      line.append(' ').append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 1));
    }
    return line.toString().stripTrailing();
  }

  /** Six digits are enough to tell a move, and hide the last bits. */
  static String number(double value) {
    return new BigDecimal(value).round(DIGITS).stripTrailingZeros().toPlainString();
  }
}
