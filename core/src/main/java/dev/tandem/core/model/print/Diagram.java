package dev.tandem.core.model.print;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * A model as boxes and arrows: a box for each input and call, a cluster for each call of a nested
 * model.
 *
 * @param root the boxes and clusters of the model itself
 * @param arrows whatever clusters they cross, each once
 * @param outputs ids of the boxes from which an output of the model comes
 */
public record Diagram(Cluster root, ImmutableList<Arrow> arrows, ImmutableSet<String> outputs) {

  /** A part with a place in the diagram. */
  public sealed interface Part permits Box, Cluster {}

  /**
   * An input or a call of a layer.
   *
   * @param lines of its text
   * @param frozen whether it has parameters and none of them moves by way of this call
   */
  public record Box(String id, ImmutableList<String> lines, boolean frozen) implements Part {}

  /**
   * A call of a model, or the model itself.
   *
   * @param parts in the order of calls
   */
  public record Cluster(String id, String name, boolean frozen, List<Part> parts) implements Part {}

  /** The way of a tensor between two boxes; the label tells the outputs of one call apart. */
  public record Arrow(String from, String to, String label) {}

  /** In DOT, the language of Graphviz. */
  public String toDot() {
    return DotText.of(this);
  }

  /** As a Mermaid flowchart. */
  public String toMermaid() {
    return MermaidText.of(this);
  }

  /** A reader of parts, each cluster around its own. */
  interface Printer {

    /** Begins a cluster. */
    void open(Cluster cluster, int depth);

    /** Ends a cluster. */
    void close(int depth);

    /** An input or a call. */
    void box(Box box, int depth);
  }

  /** Shows a printer the parts of the model in their order. */
  void print(int depth, Printer printer) {
    Deque<Iterator<Part>> open = new ArrayDeque<>();
    open.push(root.parts().iterator());
    while (!open.isEmpty()) {
      int here = depth + open.size() - 1;
      if (!open.peek().hasNext()) {
        open.pop();
        if (!open.isEmpty()) {
          printer.close(here - 1);
        }
        continue;
      }
      Part part = open.peek().next();
      if (part instanceof Cluster cluster) {
        printer.open(cluster, here);
        open.push(cluster.parts().iterator());
      } else if (part instanceof Box box) {
        printer.box(box, here);
      }
    }
  }

  /** Whether an output of the model comes from a box. */
  boolean isOutput(Box box) {
    return outputs.contains(box.id());
  }
}
