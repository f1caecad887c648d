package dev.tandem.core.model.print;

import com.google.common.base.Strings;
import dev.tandem.core.model.print.Summary.Call;
import dev.tandem.core.model.print.Summary.Row;
import dev.tandem.core.model.print.Summary.Size;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collector;
import java.util.stream.Collectors;

/** Prints summaries. A row takes a line for each call. */
final class SummaryText {

  private static final List<String> HEAD =
      List.of("Layer (type)", "Output Shape", "Param #", "Connected to", "Trainable");
  private static final int PARAMS = 2;
  private static final String GAP = "   ";
  private static final List<String> UNITS = List.of("B", "KB", "MB", "GB", "TB");

  private SummaryText() {}

  static String of(Summary summary) {
    List<List<String>> lines = new ArrayList<>(List.of(HEAD));
    summary.rows().forEach(row -> lines.addAll(lines(row)));
    int[] widths = new int[HEAD.size()];
    for (List<String> line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    List<String> text = lines.stream().map(line -> align(line, widths)).toList();
    int width = text.stream().mapToInt(String::length).max().orElseThrow();
    String thin = "_".repeat(width);
    List<String> all = new ArrayList<>();
    Collections.addAll(
        all, "Model: " + oneLine(summary.title()), thin, text.get(0), "=".repeat(width));
    all.addAll(text.subList(1, text.size()));
    Collections.addAll(
        all,
        thin,
        "Total params: " + text(summary.total()),
        "Trainable params: " + text(summary.trainable()),
        "Non-trainable params: " + text(summary.nonTrainable()));
    return String.join("\n", all) + "\n";
  }

  private static List<List<String>> lines(Row row) {
    List<List<String>> lines = new ArrayList<>();
    for (Call call : row.calls()) {
      String shapes = call.outputs().stream().map(Object::toString).collect(comma());
      String from = oneLine(call.inputs().stream().collect(comma()));
      String inputs = from.isEmpty() ? "-" : from;
      lines.add(
          lines.isEmpty()
              ? List.of(
                  oneLine(row.name() + " (" + row.type() + ")"),
                  shapes,
                  number(row.params()),
                  inputs,
                  row.trainable().toString())
              : List.of("", shapes, "", inputs, ""));
    }
    return lines;
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ");
  }

  private static Collector<CharSequence, ?, String> comma() {
    return Collectors.joining(", ");
  }

  /** Numbers to the right, everything else to the left. */
  private static String align(List<String> line, int[] widths) {
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < widths.length; i++) {
      cells.add(
          i == PARAMS
              ? Strings.padStart(line.get(i), widths[i], ' ')
              : Strings.padEnd(line.get(i), widths[i], ' '));
    }
    return String.join(GAP, cells).stripTrailing();
  }

  private static String text(Size size) {
    return number(size.params()) + " (" + bytes(size.bytes()) + ")";
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** As in {@code 4.82 KB}. */
  private static String bytes(long bytes) {
    double size = bytes;
    int unit = 0;
    while (size >= 1024 && unit < UNITS.size() - 1) {
      size /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, "%.2f %s", size, UNITS.get(unit));
  }
}
