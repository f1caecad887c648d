package dev.tandem.keras;

import com.google.common.base.Strings;
import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What an import took from a file, layer by layer, and in what it differs from Keras. Printed, it
 * is a table.
 *
 * @param file that was read
 * @param source its format, and the version of Keras if it says
 * @param layers in Keras's order; layers of nested models behind their model
 * @param notes what holds for the whole, and what was left out
 */
public record KerasReport(
    String file, String source, ImmutableList<Row> layers, ImmutableList<String> notes) {

  /**
   * One layer or nested model.
   *
   * @param path in the model, as in {@code base/conv1}
   * @param kerasClass its class in Keras; empty if the file does not say
   * @param becomes the layer of Tandem
   * @param output shape of its first output, as in {@code (batch, 7, 7, 16)}; empty of those that
   *     weights alone were loaded into
   * @param weights that were loaded
   * @param trainable its flag
   * @param notes in what it differs from Keras
   */
  public record Row(
      String path,
      String kerasClass,
      String becomes,
      String output,
      ImmutableList<Loaded> weights,
      boolean trainable,
      ImmutableList<String> notes) {}

  /**
   * A weight that was loaded.
   *
   * @param name in its layer, as in {@code kernel}
   * @param shape as in {@code (3, 3, 1, 16)}
   * @param array its place in the file, as in {@code layers/conv2d/vars/0}
   */
  public record Loaded(String name, String shape, String array) {}

  /**
   * The row of a layer.
   *
   * @throws IllegalArgumentException if there is none; names those there are
   */
  public Row layer(String path) {
    return layers.stream()
        .filter(row -> row.path().equals(path))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no layer \""
                        + path
                        + "\" was imported; there are "
                        + layers.stream().map(Row::path).toList()));
  }

  /** All remarks, those of layers with their path. */
  public List<String> allNotes() {
    List<String> all = new ArrayList<>(notes);
    for (Row row : layers) {
      row.notes().forEach(note -> all.add(row.path() + ": " + note));
    }
    return all;
  }

  @Override
  public String toString() {
    List<List<String>> table = new ArrayList<>();
    boolean model = layers.stream().anyMatch(row -> !row.kerasClass().isEmpty());
    table.add(
        List.of(
            "layer",
            model ? "in Keras" : "",
            "here",
            model ? "output" : "",
            "trainable",
            "weights"));
    for (Row row : layers) {
      table.add(
          List.of(
              row.path(),
              row.kerasClass(),
              row.becomes(),
              row.output(),
              row.trainable() ? "yes" : "no",
              row.weights().stream()
                  .map(w -> w.name() + " " + w.shape() + (model ? "" : " from " + w.array()))
                  .collect(Collectors.joining(", "))));
    }
    StringBuilder text = new StringBuilder(file).append(": ").append(source).append('\n');
    int[] widths = new int[table.get(0).size()];
    table.forEach(
        line -> {
          for (int i = 0; i < widths.length; i++) {
            widths[i] = Math.max(widths[i], line.get(i).length());
          }
        });
    for (List<String> line : table) {
      StringBuilder cells = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        if (widths[i] > 0) {
          cells.append("  ").append(Strings.padEnd(line.get(i), widths[i], ' '));
        }
      }
      text.append(cells.toString().stripTrailing()).append('\n');
    }
    allNotes().forEach(note -> text.append("  - ").append(note).append('\n'));
    return text.toString();
  }
}
