package dev.tandem.core.graph;

import com.google.common.collect.ImmutableList;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * The calls that lie between some tensors and others: checked and ordered once, then read by many
 * interpreters. A tensor can only be made from tensors that exist, so there are no cycles.
 */
public final class Graph {

  private final ImmutableList<SymbolicTensor> inputs;
  private final ImmutableList<SymbolicTensor> outputs;
  private final ImmutableList<Node> nodes;
  private final Naming naming;

  private Graph(
      List<SymbolicTensor> inputs,
      List<SymbolicTensor> outputs,
      Iterable<Node> nodes,
      Naming naming) {
    this.inputs = ImmutableList.copyOf(inputs);
    this.outputs = ImmutableList.copyOf(outputs);
    this.nodes = ImmutableList.copyOf(nodes);
    this.naming = naming;
  }

  /**
   * The cut between inputs and outputs.
   *
   * @param owner who asks, for messages: {@code Model "gan"}
   * @throws IllegalArgumentException if an output needs a tensor that is not given, an input is
   *     given twice or not needed, or two parts have one name
   */
  public static Graph between(
      String owner, List<SymbolicTensor> inputs, List<SymbolicTensor> outputs) {
    Set<Node> nodes = order(inputs, outputs);
    Naming naming = Naming.of(parts(inputs, nodes));
    GraphChecks checks = new GraphChecks(owner, inputs, outputs, naming);
    checks.requireEnds();
    checks.requireReached(nodes);
    checks.requireUsed(nodes);
    checks.requireNames(nodes);
    return new Graph(inputs, outputs, nodes, naming);
  }

  /** Inputs and operations, by first appearance. */
  private static Set<Named> parts(List<SymbolicTensor> inputs, Set<Node> nodes) {
    Set<Named> parts = new LinkedHashSet<>();
    for (SymbolicTensor input : inputs) {
      if (input.producer() == null) {
        parts.add(input.source());
      }
    }
    nodes.forEach(node -> parts.add(node.operation()));
    return parts;
  }

  /** Depth first from the outputs: a node comes after the nodes of its inputs, left to right. */
  private static Set<Node> order(List<SymbolicTensor> inputs, List<SymbolicTensor> outputs) {
    Set<SymbolicTensor> given = new HashSet<>(inputs);
    Set<Node> ordered = new LinkedHashSet<>();
    Set<Node> entered = new HashSet<>();
    Deque<Node> open = new ArrayDeque<>();
    for (SymbolicTensor output : outputs) {
      push(open, given, ordered, output);
      while (!open.isEmpty()) {
        Node node = open.peek();
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
    Node producer = tensor.producer();
    if (producer != null && !given.contains(tensor) && !ordered.contains(producer)) {
      open.push(producer);
    }
  }

  /** The tensors at which values enter: inputs, or any others the cut begins at. */
  public ImmutableList<SymbolicTensor> inputs() {
    return inputs;
  }

  /** The tensors at which values leave. */
  public ImmutableList<SymbolicTensor> outputs() {
    return outputs;
  }

  /** The calls, each after those it depends on. */
  public ImmutableList<Node> nodes() {
    return nodes;
  }

  /** The names of inputs and operations in this graph. */
  public Naming naming() {
    return naming;
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
