package dev.tandem.core.graph;

import com.google.common.collect.ImmutableList;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * The calls that lie between some tensors and others: checked and ordered once, then read by many
 * interpreters. A tensor can only be made from tensors that exist, so there are no cycles.
 */
public final class Graph {

  private final ImmutableList<SymbolicTensor> inputs;
  private final ImmutableList<SymbolicTensor> outputs;
  private final ImmutableList<Node> nodes;

  private Graph(
      List<SymbolicTensor> inputs, List<SymbolicTensor> outputs, Iterable<Node> nodes) {
    this.inputs = ImmutableList.copyOf(inputs);
    this.outputs = ImmutableList.copyOf(outputs);
    this.nodes = ImmutableList.copyOf(nodes);
  }

  /**
   * The cut between inputs and outputs.
   *
   * @param owner who asks, for messages: {@code Model "gan"}
   * @throws IllegalArgumentException if an output needs a tensor that is not given, an input is
   *     given twice or not needed, or two callees have one name
   */
  public static Graph between(
      String owner, List<SymbolicTensor> inputs, List<SymbolicTensor> outputs) {
    if (inputs.isEmpty() || outputs.isEmpty()) {
      throw new IllegalArgumentException(
          owner + " needs at least one input and one output, got " + inputs.size() + " and "
              + outputs.size());
    }
    Set<SymbolicTensor> given = new HashSet<>();
    for (SymbolicTensor input : inputs) {
      if (!given.add(input)) {
        throw new IllegalArgumentException(owner + " has an input twice: " + input);
      }
    }
    Set<Node> ordered = order(owner, given, outputs);
    checkUsed(owner, inputs, outputs, ordered);
    checkNames(owner, inputs, ordered);
    return new Graph(inputs, outputs, ordered);
  }

  /** Depth first from the outputs: a node comes after the nodes of its inputs, left to right. */
  private static Set<Node> order(
      String owner, Set<SymbolicTensor> given, List<SymbolicTensor> outputs) {
    Set<Node> ordered = new LinkedHashSet<>();
    Set<Node> entered = new HashSet<>();
    Deque<Node> open = new ArrayDeque<>();
    for (SymbolicTensor output : outputs) {
      push(open, given, ordered, output);
      while (!open.isEmpty()) {
        Node node = open.peek();
        if (node.callee() instanceof Input input) {
          throw new IllegalArgumentException(missing(owner, given, ordered, entered, input));
        }
        if (entered.add(node)) {
          for (SymbolicTensor input : node.inputs().reverse()) {
            push(open, given, ordered, input);
          }
        } else {
          ordered.add(open.pop());
        }
      }
    }
    return ordered;
  }

  private static void push(
      Deque<Node> open, Set<SymbolicTensor> given, Set<Node> ordered, SymbolicTensor tensor) {
    if (!given.contains(tensor) && !ordered.contains(tensor.producer())) {
      open.push(tensor.producer());
    }
  }

  private static String missing(
      String owner, Set<SymbolicTensor> given, Set<Node> ordered, Set<Node> entered, Input input) {
    String reader =
        entered.stream()
            .filter(node -> node.inputs().contains(input))
            .map(node -> node.callee().typeName() + " \"" + node.callee().name() + "\" reads")
            .findFirst()
            .orElse("it returns");
    String reached =
        ordered.stream().map(node -> node.callee().name()).distinct()
            .collect(Collectors.joining(", "));
    return owner + " cannot be computed from " + given.stream().map(Graph::label).sorted().toList()
        + ": " + reader + " the input \"" + input.name() + "\" " + input.spec()
        + "; layers reached without it: [" + reached + "]; add it to the model's inputs";
  }

  private static void checkUsed(
      String owner, List<SymbolicTensor> inputs, List<SymbolicTensor> outputs, Set<Node> nodes) {
    Set<SymbolicTensor> used = new HashSet<>(outputs);
    nodes.forEach(node -> used.addAll(node.inputs()));
    for (SymbolicTensor input : inputs) {
      if (!used.contains(input)) {
        throw new IllegalArgumentException(
            owner + " has an input that no output depends on: " + input
                + "; leave it out or connect it");
      }
    }
  }

  private static void checkNames(String owner, List<SymbolicTensor> inputs, Set<Node> nodes) {
    Map<String, Set<Callee>> byName = new LinkedHashMap<>();
    inputs.stream().map(SymbolicTensor::producer).map(Node::callee)
        .filter(Input.class::isInstance)
        .forEach(c -> byName.computeIfAbsent(c.name(), n -> new LinkedHashSet<>()).add(c));
    nodes.stream().map(Node::callee)
        .forEach(c -> byName.computeIfAbsent(c.name(), n -> new LinkedHashSet<>()).add(c));
    byName.forEach(
        (name, callees) -> {
          if (callees.size() > 1) {
            throw new IllegalArgumentException(
                owner + " has " + callees.size() + " layers named \"" + name + "\" ("
                    + callees.stream().map(Callee::typeName).collect(Collectors.joining(", "))
                    + "); give each a name of its own with named(...)");
          }
        });
  }

  private static String label(SymbolicTensor tensor) {
    return tensor.producer().callee().name();
  }

  /** Where values enter: inputs, or any tensors the cut begins at. */
  public ImmutableList<SymbolicTensor> inputs() {
    return inputs;
  }

  /** Where values leave. */
  public ImmutableList<SymbolicTensor> outputs() {
    return outputs;
  }

  /** The calls, each after those it depends on. */
  public ImmutableList<Node> nodes() {
    return nodes;
  }

  /**
   * Gives every tensor of the cut a meaning, from that of its inputs on.
   *
   * @param given the meaning of each input
   * @param interpreter the meaning of a node's outputs from that of its inputs
   * @return the meaning of every tensor
   */
  public <T> Map<SymbolicTensor, T> interpret(
      Map<SymbolicTensor, T> given, BiFunction<Node, List<T>, List<T>> interpreter) {
    Map<SymbolicTensor, T> meanings = new HashMap<>(given);
    for (Node node : nodes) {
      List<T> in = node.inputs().stream().map(meanings::get).toList();
      List<T> out = interpreter.apply(node, in);
      for (int i = 0; i < node.outputs().size(); i++) {
        meanings.putIfAbsent(node.outputs().get(i), out.get(i));
      }
    }
    return meanings;
  }
}
