package dev.tandem.dl4j;

import com.google.common.collect.ImmutableList;

/**
 * What became of a net of DL4J: layer by layer, and what stays behind. {@code toString} is a table.
 *
 * @param kind {@code MultiLayerNetwork} or {@code ComputationGraph}
 * @param parts in the order of the net
 * @param parameters the number of numbers that the file holds for it; all of them have been read
 * @param notes what is different here, and what was not taken
 */
public record Dl4jReport(
    String kind, ImmutableList<Part> parts, long parameters, ImmutableList<String> notes) {

  /**
   * A layer or vertex of the net.
   *
   * @param name what both call it
   * @param type its class in DL4J, as in {@code ConvolutionLayer}
   * @param becomes what it is here, as in {@code Conv2D}
   * @param output the shape that it gives here, as in {@code (batch, 28, 28, 16)}
   * @param parameters the number of numbers that it took from the file
   * @param frozen whether DL4J held its weights; its layer is not trainable
   */
  public record Part(
      String name, String type, String becomes, String output, long parameters, boolean frozen) {}

  @Override
  public String toString() {
    int name = width("layer", parts.stream().map(Part::name).toList());
    int type = width("DL4J", parts.stream().map(Part::type).toList());
    int becomes = width("here", parts.stream().map(Part::becomes).toList());
    int output = width("output", parts.stream().map(Part::output).toList());
    StringBuilder table = new StringBuilder(kind).append(", ").append(parameters);
    table.append(" parameters, all read\n");
    row(table, pad("layer", name), pad("DL4J", type), pad("here", becomes), pad("output", output));
    table.append("parameters\n");
    for (Part part : parts) {
      row(
          table,
          pad(part.name(), name),
          pad(part.type(), type),
          pad(part.becomes(), becomes),
          pad(part.output(), output));
      table.append(part.parameters()).append(part.frozen() ? ", frozen\n" : "\n");
    }
    notes.forEach(note -> table.append("- ").append(note).append('\n'));
    return table.toString();
  }

  private static int width(String head, Iterable<String> texts) {
    int width = head.length();
    for (String text : texts) {
      width = Math.max(width, text.length());
    }
    return width;
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(width - text.length());
  }

  private static void row(StringBuilder table, String... cells) {
    for (String cell : cells) {
      table.append(cell).append("  ");
    }
  }
}
