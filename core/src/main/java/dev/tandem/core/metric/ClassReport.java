package dev.tandem.core.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Confusion matrices as text. */
final class ClassReport {

  private static final List<String> HEADS = List.of("precision", "recall", "f1-score", "support");

  private ClassReport() {}

  /** A line for each class, then accuracy and averages, as others of the field print them. */
  static String scores(ConfusionMatrix matrix, List<String> names) {
    List<String> labels = new ArrayList<>(names);
    labels.add("weighted avg");
    int width = width(labels);
    StringBuilder text = new StringBuilder(" ".repeat(width));
    HEADS.forEach(head -> text.append(cell(head)));
    text.append("\n\n");
    for (int i = 0; i < names.size(); i++) {
      int number = i;
      line(text, width, names.get(i), kind -> matrix.score(kind, number), matrix.support(i));
    }
    text.append('\n').append(right("accuracy", width)).append(cell("")).append(cell(""));
    text.append(cell(decimals(matrix.accuracy()))).append(cell(count(matrix.total())));
    text.append('\n');
    for (Averaging averaging : List.of(Averaging.MACRO, Averaging.WEIGHTED)) {
      String label = averaging.name().toLowerCase(Locale.ROOT) + " avg";
      line(text, width, label, kind -> matrix.score(kind, averaging), matrix.total());
    }
    return text.toString();
  }

  /** One score of a line. */
  private interface Scored {
    double of(ClassScore.Kind kind);
  }

  private static void line(
      StringBuilder text, int width, String label, Scored scored, double support) {
    text.append(right(label, width));
    for (ClassScore.Kind kind : ClassScore.Kind.values()) {
      text.append(cell(decimals(scored.of(kind))));
    }
    text.append(cell(count(support))).append('\n');
  }

  /** Classes of the samples downwards, predictions to the right. */
  static String counts(ConfusionMatrix matrix, List<String> names) {
    List<List<String>> rows = new ArrayList<>();
    List<String> all = new ArrayList<>(names);
    for (int i = 0; i < names.size(); i++) {
      List<String> row = new ArrayList<>();
      for (int j = 0; j < names.size(); j++) {
        row.add(count(matrix.count(i, j)));
      }
      rows.add(row);
      all.addAll(row);
    }
    String corner = "actual \\ predicted";
    int first = Math.max(corner.length(), width(names));
    int width = width(all) + 2;
    StringBuilder text = new StringBuilder(right(corner, first));
    names.forEach(name -> text.append(right(name, width)));
    text.append('\n');
    for (int i = 0; i < names.size(); i++) {
      text.append(right(names.get(i), first));
      rows.get(i).forEach(cell -> text.append(right(cell, width)));
      text.append('\n');
    }
    return text.toString();
  }

  private static int width(List<String> labels) {
    return labels.stream().mapToInt(String::length).max().orElse(0);
  }

  private static String right(String text, int width) {
    return " ".repeat(Math.max(0, width - text.length())) + text;
  }

  private static String cell(String text) {
    return right(text, 10);
  }

  private static String decimals(double score) {
    return Double.isNaN(score) ? "NaN" : String.format(Locale.ROOT, "%.2f", score);
  }

  /** Whole numbers as such. */
  private static String count(double count) {
    return count == Math.rint(count)
        ? Long.toString((long) count)
        : Double.isNaN(count) ? "NaN" : String.format(Locale.ROOT, "%.2f", count);
  }
}
