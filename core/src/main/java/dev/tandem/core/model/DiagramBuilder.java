package dev.tandem.core.model;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.tandem.core.graph.Node;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.model.print.Diagram;
import dev.tandem.core.model.print.Diagram.Arrow;
import dev.tandem.core.model.print.Diagram.Box;
import dev.tandem.core.model.print.Diagram.Cluster;
import dev.tandem.core.model.print.Diagram.Part;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Builder of a model's diagram. A call is frozen if its layer has parameters and is frozen, or is
 * called by way of a frozen model.
 */
final class DiagramBuilder {

  /** The box that a tensor comes from. */
  private record Source(String id, String label) {}

  private final List<Arrow> arrows = new ArrayList<>();
  private final Set<String> outputs = new LinkedHashSet<>();
  private final Cluster root;
  private int ids;

  private DiagramBuilder(Model model) {
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

  /** The diagram of a model with the flags of now. */
  static Diagram of(Model model) {
    DiagramBuilder builder = new DiagramBuilder(model);
    return new Diagram(
        builder.root,
        ImmutableSet.copyOf(builder.arrows).asList(),
        ImmutableSet.copyOf(builder.outputs));
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
      String name =
          site.name()
              + (Objects.requireNonNull(site.node()).isInference() ? " (as in inference)" : "");
      Cluster cluster = new Cluster(id(), name, !site.isLive(), new ArrayList<>());
      Objects.requireNonNull(parts.get(site.around())).add(cluster);
      parts.put(site, cluster.parts());
    }

    @Override
    public List<Source> call(Node node, Layer layer, CallSite site, List<Source> inputs) {
      Box box = new Box(id(), lines(layer, site, node), isFrozen(layer, site));
      Objects.requireNonNull(parts.get(site.around())).add(box);
      inputs.forEach(source -> arrows.add(new Arrow(source.id(), box.id(), source.label())));
      boolean single = node.outputs().size() == 1;
      return node.outputs().stream()
          .map(out -> new Source(box.id(), single ? "" : "output " + out.index()))
          .toList();
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
