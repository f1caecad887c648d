package dev.tandem.core.model.print;

import dev.tandem.core.model.print.Diagram.Arrow;
import dev.tandem.core.model.print.Diagram.Box;
import dev.tandem.core.model.print.Diagram.Cluster;

/** Prints diagrams in DOT, the language of Graphviz. */
final class DotText implements Diagram.Printer {

  private final Diagram diagram;
  private final StringBuilder text = new StringBuilder();

  private DotText(Diagram diagram) {
    this.diagram = diagram;
  }

  static String of(Diagram diagram) {
    return new DotText(diagram).print();
  }

  private String print() {
    Cluster root = diagram.root();
    line(0, "digraph " + quote(root.name()) + " {");
    line(1, "label=" + quote(title(root)) + ";");
    line(1, "labelloc=t;");
    line(1, "node [shape=box, style=rounded];");
    diagram.print(1, this);
    for (Arrow arrow : diagram.arrows()) {
      String label = arrow.label().isEmpty() ? "" : " [label=" + quote(arrow.label()) + "]";
      line(1, arrow.from() + " -> " + arrow.to() + label + ";");
    }
    line(0, "}");
    return text.toString();
  }

  @Override
  public void open(Cluster cluster, int depth) {
    line(depth, "subgraph cluster_" + cluster.id() + " {");
    line(depth + 1, "label=" + quote(title(cluster)) + ";");
    line(depth + 1, "style=" + (cluster.frozen() ? "dashed" : "solid") + ";");
  }

  @Override
  public void close(int depth) {
    line(depth, "}");
  }

  @Override
  public void box(Box box, int depth) {
    String lines = String.join("\n", box.lines()) + (box.frozen() ? "\nfrozen" : "");
    line(
        depth,
        box.id()
            + " [label="
            + quote(lines)
            + (box.frozen() ? ", style=\"rounded,dashed\"" : "")
            + (diagram.isOutput(box) ? ", peripheries=2" : "")
            + "];");
  }

  private static String title(Cluster cluster) {
    return cluster.name() + (cluster.frozen() ? " (frozen)" : "");
  }

  /** A quoted id in which nothing has a meaning of its own. */
  private static String quote(String text) {
    return "\""
        + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\r", "")
        + "\"";
  }

  private void line(int depth, String content) {
    text.append("  ".repeat(depth)).append(content).append('\n');
  }
}
