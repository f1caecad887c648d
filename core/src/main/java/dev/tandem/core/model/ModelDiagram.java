package dev.tandem.core.model;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.graph.Node;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.Weight;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A model as boxes and arrows, for printing in some language of diagrams: a box for each input and
 * call, a cluster for each call of a nested model. A call is frozen if its layer has parameters and
 * is frozen, or is called by way of a frozen model.
 */
final class ModelDiagram {

  /** Something with a place in the diagram. */
  sealed interface Part permits Box, Cluster {}

  /** An input or a call of a layer. */
  record Box(String id, ImmutableList<String> lines, boolean frozen) implements Part {}

  /** A call of a model. */
  record Cluster(String id, String name, boolean frozen, List<Part> parts) implements Part {}

  /** Where a tensor goes; the label tells the outputs of one call apart. */
  record Arrow(String from, String to, String label) {}

  /** Where a tensor comes from. */
  private record Source(String id, String label) {}

  private final List<Arrow> arrows = new ArrayList<>();
  private final Set<String> outputs = new LinkedHashSet<>();
  private final Cluster root;
  private int ids;

  private ModelDiagram(Model model) {
    Flags flags = Flags.of(model);
    this.root = new Cluster(id(), model.name(), !model.isTrainable(), new ArrayList<>());
    List<Source> inputs = new ArrayList<>();
    for (SymbolicTensor input : model.graph().inputs()) {
      String name = model.graph().naming().nameOf(input.source());
      Box box = new Box(id(), ImmutableList.of(name, "Input", input.shape().toString()), false);
      root.parts().add(box);
      inputs.add(new Source(box.id(), ""));
    }
    ModelWalk.interpret(model, flags, inputs, new Calls())
        .forEach(source -> outputs.add(source.id()));
  }

  static ModelDiagram of(Model model) {
    return new ModelDiagram(model);
  }

  /** The boxes and clusters of the model itself. */
  Cluster root() {
    return root;
  }

  /** All arrows, whatever clusters they cross, each once. */
  List<Arrow> arrows() {
    return List.copyOf(new LinkedHashSet<>(arrows));
  }

  /** Whether one of the model's outputs comes from a box. */
  boolean isOutput(Box box) {
    return outputs.contains(box.id());
  }

  /** The calls of the model, each in the cluster of the call around it. */
  private final class Calls implements ModelWalk.Interpreter<Source> {

    private final Map<CallSite, List<Part>> parts = new IdentityHashMap<>();

    @Override
    public void enter(Model model, CallSite site) {
      if (site.isRoot()) {
        parts.put(site, root.parts());
        return;
      }
      String name = site.name() + (site.node().isInference() ? " (as in inference)" : "");
      Cluster cluster = new Cluster(id(), name, !site.isLive(), new ArrayList<>());
      parts.get(site.around()).add(cluster);
      parts.put(site, cluster.parts());
    }

    @Override
    public List<Source> call(Node node, Layer layer, CallSite site, List<Source> inputs) {
      Box box = new Box(id(), lines(layer, site, node), isFrozen(layer, site));
      parts.get(site.around()).add(box);
      inputs.forEach(source -> arrows.add(new Arrow(source.id(), box.id(), source.label())));
      boolean single = node.outputs().size() == 1;
      return node.outputs().stream()
          .map(out -> new Source(box.id(), single ? "" : "output " + out.index()))
          .toList();
    }
  }

  /** What prints parts, each cluster around its own. */
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

  private static ImmutableList<String> lines(Layer layer, CallSite site, Node node) {
    String shapes =
        node.outputs().stream()
            .map(output -> output.shape().toString())
            .collect(Collectors.joining(", "));
    return ImmutableList.of(site.name(), layer.typeName(), shapes);
  }

  private static boolean isFrozen(Layer layer, CallSite site) {
    return layer.weights().stream().anyMatch(Weight::isParameter)
        && Trainability.reached(site, true, Weight::isParameter).isEmpty();
  }

  private String id() {
    return "n" + ids++;
  }
}
