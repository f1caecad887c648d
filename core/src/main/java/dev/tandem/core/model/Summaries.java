package dev.tandem.core.model;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.tandem.core.graph.Graph;
import dev.tandem.core.graph.Node;
import dev.tandem.core.graph.Operation;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.model.Summary.Call;
import dev.tandem.core.model.Summary.Moves;
import dev.tandem.core.model.Summary.Row;
import dev.tandem.core.model.Summary.Size;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes summaries of snapshots. */
final class Summaries {

  private final Graph graph;
  private final Set<Weight> moved;

  /** The calls of each callee in the model, in their order. */
  private final Map<Operation, List<Node>> calls = new IdentityHashMap<>();

  private Summaries(Snapshot snapshot) {
    this.graph = snapshot.model().graph();
    this.moved = ImmutableSet.copyOf(snapshot.moved());
    for (Node node : graph.nodes()) {
      calls.computeIfAbsent(node.callee(), callee -> new ArrayList<>()).add(node);
    }
  }

  static Summary of(Snapshot snapshot) {
    Model model = snapshot.model();
    Summaries summaries = new Summaries(snapshot);
    Map<Boolean, List<Weight>> weights =
        model.weights().stream().collect(Collectors.partitioningBy(summaries.moved::contains));
    boolean frozen = !snapshot.flags().isOn(model);
    return new Summary(
        "\"" + model.name() + "\"" + (frozen ? " (frozen)" : ""),
        summaries.rows(),
        size(model.weights()),
        size(weights.get(true)),
        size(weights.get(false)));
  }

  private ImmutableList<Row> rows() {
    ImmutableList.Builder<Row> rows = ImmutableList.builder();
    graph.inputs().forEach(input -> rows.add(entry(input)));
    Map<Operation, List<Node>> ordered = new LinkedHashMap<>();
    graph.nodes().forEach(node -> ordered.put(node.callee(), calls.get(node.callee())));
    ordered.forEach((callee, nodes) -> rows.add(row(callee, nodes)));
    return rows.build();
  }

  /** An input, or the tensor of another drawing that the cut begins at. */
  private Row entry(SymbolicTensor input) {
    Call call = new Call(ImmutableList.of(input.shape()), ImmutableList.of());
    String name = graph.naming().nameOf(input.producer().callee());
    return new Row(name, "Input", ImmutableList.of(call), 0, Moves.NONE);
  }

  private Row row(Operation callee, List<Node> nodes) {
    List<Weight> weights = weights(callee);
    return new Row(
        graph.naming().nameOf(callee),
        callee.typeName(),
        nodes.stream().map(this::call).collect(ImmutableList.toImmutableList()),
        size(weights).params(),
        moves(weights));
  }

  private static List<Weight> weights(Operation callee) {
    return callee instanceof Model model ? model.weights() : ((Layer) callee).weights();
  }

  private Call call(Node node) {
    return new Call(
        node.outputs().stream().map(SymbolicTensor::shape).collect(ImmutableList.toImmutableList()),
        node.inputs().stream().map(this::label).collect(ImmutableList.toImmutableList()));
  }

  private String label(SymbolicTensor tensor) {
    Node producer = tensor.producer();
    List<Node> siblings = calls.getOrDefault(producer.callee(), List.of(producer));
    boolean alone = siblings.size() == 1 && producer.outputs().size() == 1;
    String name = graph.naming().nameOf(producer.callee());
    return alone || !siblings.contains(producer)
        ? name
        : name + "[" + siblings.indexOf(producer) + "][" + tensor.index() + "]";
  }

  private Moves moves(List<Weight> weights) {
    List<Weight> parameters = weights.stream().filter(Weight::isParameter).toList();
    long moving = parameters.stream().filter(moved::contains).count();
    if (parameters.isEmpty()) {
      return Moves.NONE;
    }
    if (moving == parameters.size()) {
      return Moves.YES;
    }
    return moving == 0 ? Moves.NO : Moves.MIXED;
  }

  private static Size size(Collection<Weight> weights) {
    return new Size(
        weights.stream().mapToLong(Weight::length).sum(),
        weights.stream().mapToLong(w -> w.length() * w.spec().dtype().width()).sum());
  }
}
