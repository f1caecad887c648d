package dev.tandem.core.model;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.tandem.core.graph.Graph;
import dev.tandem.core.graph.Node;
import dev.tandem.core.graph.Operation;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.model.print.Summary;
import dev.tandem.core.model.print.Summary.Call;
import dev.tandem.core.model.print.Summary.Moves;
import dev.tandem.core.model.print.Summary.Row;
import dev.tandem.core.model.print.Summary.Size;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Builder of a snapshot's summary. */
final class Summaries {

  private final Graph graph;
  private final Set<Weight> moved;
  private final String prefix;

  /** The calls of each operation in the model, in their order. */
  private final Map<Operation, List<Node>> calls = new LinkedHashMap<>();

  private Summaries(Model model, Set<Weight> moved, String prefix) {
    this.graph = model.graph();
    this.moved = moved;
    this.prefix = prefix;
    for (Node node : graph.nodes()) {
      calls.computeIfAbsent(node.operation(), operation -> new ArrayList<>()).add(node);
    }
  }

  /**
   * The summary.
   *
   * @param nested whether nested models are opened
   */
  static Summary of(Snapshot snapshot, boolean nested) {
    Model model = snapshot.model();
    Summaries summaries = new Summaries(model, ImmutableSet.copyOf(snapshot.moved()), "");
    Map<Boolean, List<Weight>> weights =
        model.weights().stream().collect(Collectors.partitioningBy(summaries.moved::contains));
    boolean frozen = !snapshot.flags().isOn(model);
    return new Summary(
        "\"" + model.name() + "\"" + (frozen ? " (frozen)" : ""),
        summaries.rows(nested),
        size(model.weights()),
        size(Objects.requireNonNull(weights.get(true))),
        size(Objects.requireNonNull(weights.get(false))));
  }

  private ImmutableList<Row> rows(boolean nested) {
    ImmutableList.Builder<Row> rows = ImmutableList.builder();
    graph.inputs().forEach(input -> rows.add(entry(input)));
    parts(rows, nested);
    return rows.build();
  }

  /** Calls by first appearance; behind a nested model those in it, under its name. */
  private void parts(ImmutableList.Builder<Row> rows, boolean nested) {
    calls.forEach(
        (operation, nodes) -> {
          Row row = row(operation, nodes);
          rows.add(row);
          if (nested && operation instanceof Model model) {
            new Summaries(model, moved, row.name() + "/").parts(rows, true);
          }
        });
  }

  /** An input, or the tensor of another model that the cut begins at. */
  private Row entry(SymbolicTensor input) {
    Call call = new Call(ImmutableList.of(input.shape()), ImmutableList.of());
    String name = graph.naming().nameOf(input.source());
    return new Row(name, "Input", ImmutableList.of(call), 0, Moves.NONE);
  }

  private Row row(Operation operation, List<Node> nodes) {
    List<Weight> weights = ModelWalk.weights(operation);
    return new Row(
        prefix + graph.naming().nameOf(operation),
        operation.typeName(),
        nodes.stream().map(this::call).collect(ImmutableList.toImmutableList()),
        size(weights).params(),
        moves(weights));
  }

  private Call call(Node node) {
    return new Call(
        node.outputs().stream().map(SymbolicTensor::shape).collect(ImmutableList.toImmutableList()),
        node.inputs().stream().map(this::label).collect(ImmutableList.toImmutableList()));
  }

  private String label(SymbolicTensor tensor) {
    String name = prefix + graph.naming().nameOf(tensor.source());
    List<Node> siblings = calls.getOrDefault(tensor.source(), ImmutableList.of());
    int call = siblings.indexOf(tensor.producer());
    boolean alone = siblings.size() == 1 && siblings.get(0).outputs().size() == 1;
    return alone || call < 0 ? name : name + "[" + call + "][" + tensor.index() + "]";
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
