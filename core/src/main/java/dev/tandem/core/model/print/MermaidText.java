package dev.tandem.core.model.print;

import dev.tandem.core.model.print.Diagram.Arrow;
import dev.tandem.core.model.print.Diagram.Box;
import dev.tandem.core.model.print.Diagram.Cluster;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Prints diagrams as Mermaid flowcharts, which many wikis and code hosts render. */
final class MermaidText implements Diagram.Printer {

  private final Diagram diagram;
  private final StringBuilder text = new StringBuilder();
  private final List<String> frozen = new ArrayList<>();

  private MermaidText(Diagram diagram) {
    this.diagram = diagram;
  }

  static String of(Diagram diagram) {
    return new MermaidText(diagram).print();
  }

  private String print() {
    line(0, "flowchart TB");
    open(diagram.root(), 1);
    diagram.print(2, this);
    close(1);
    for (Arrow arrow : diagram.arrows()) {
      String label = arrow.label().isEmpty() ? "" : "|" + quote(arrow.label()) + "|";
      line(1, arrow.from() + " -->" + label + " " + arrow.to());
    }
    if (!frozen.isEmpty()) {
      line(1, "classDef frozen stroke-dasharray: 4 4");
      line(1, "class " + String.join(",", frozen) + " frozen");
    }
    return text.toString();
  }

  @Override
  public void open(Cluster cluster, int depth) {
    mark(cluster.id(), cluster.frozen());
    String title = cluster.name() + (cluster.frozen() ? " (frozen)" : "");
    line(depth, "subgraph " + cluster.id() + "[" + quote(title) + "]");
  }

  @Override
  public void close(int depth) {
    line(depth, "end");
  }

  @Override
  public void box(Box box, int depth) {
    mark(box.id(), box.frozen());
    String lines = String.join("\n", box.lines()) + (box.frozen() ? "\nfrozen" : "");
    boolean output = diagram.isOutput(box);
    line(depth, box.id() + (output ? "[[" : "[") + quote(lines) + (output ? "]]" : "]"));
  }

  private void mark(String id, boolean isFrozen) {
    if (isFrozen) {
      frozen.add(id);
    }
  }

  /** Quoted, with everything but letters, digits and harmless signs written as its number. */
  private static String quote(String text) {
    return text.codePoints()
        .mapToObj(MermaidText::escape)
        .collect(Collectors.joining("", "\"", "\""));
  }

  private static String escape(int character) {
    if (character == '\n') {
      return "<br/>";
    }
    boolean harmless = Character.isLetterOrDigit(character) || " _-,()/".indexOf(character) >= 0;
    return harmless || character > 127 ? Character.toString(character) : "#" + character + ";";
  }

  private void line(int depth, String content) {
    text.append("  ".repeat(depth)).append(content).append('\n');
  }
}
