package dev.tandem.core.graph;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a cut through a drawing has to be like.
 *
 * @param owner who asks, for messages
 * @param naming what inputs and callees are called
 */
record GraphChecks(
    String owner, List<SymbolicTensor> inputs, List<SymbolicTensor> outputs, Naming naming) {

  /** There are inputs, each once, and outputs. */
  void requireEnds() {
    if (inputs.isEmpty() || outputs.isEmpty()) {
      throw new IllegalArgumentException(
          owner
              + " needs at least one input and one output, got "
              + inputs.size()
              + " and "
              + outputs.size());
    }
    Set<SymbolicTensor> given = new HashSet<>();
    for (SymbolicTensor input : inputs) {
      if (!given.add(input)) {
        throw new IllegalArgumentException(
            owner + " was given an input twice: " + input + "; name it once");
      }
    }
  }

  /**
   * Every call can be computed.
   *
   * @param nodes all that the outputs depend on, in order, with the inputs that were not given
   */
  void requireReached(Set<Node> nodes) {
    Set<SymbolicTensor> known = new HashSet<>(inputs);
    Set<String> reached = new LinkedHashSet<>();
    List<Input> missing = new ArrayList<>();
    for (Node node : nodes) {
      if (node.callee() instanceof Input input) {
        missing.add(input);
      } else if (known.containsAll(node.inputs())) {
        known.addAll(node.outputs());
        reached.add(naming.nameOf(node.callee()));
      }
    }
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException(missing(missing, nodes, reached));
    }
  }

  private String missing(List<Input> missing, Set<Node> nodes, Set<String> reached) {
    boolean one = missing.size() == 1;
    List<String> names = missing.stream().map(input -> "\"" + input.name() + "\"").toList();
    return owner
        + " cannot be computed from "
        + inputs.stream().map(input -> naming.nameOf(input.producer().callee())).toList()
        + ": "
        + missing.stream().map(input -> reader(input, nodes)).collect(Collectors.joining(" and "))
        + (one ? ", which is not given; " : ", which are not given; ")
        + (reached.isEmpty()
            ? "no layer is reached without " + (one ? "it" : "them")
            : "layers reached without " + (one ? "it: " : "them: ") + reached)
        + "; add "
        + String.join(" and ", names)
        + " to the model's inputs";
  }

  private String reader(Input input, Set<Node> nodes) {
    String reader =
        nodes.stream()
            .filter(node -> node.inputs().contains(input))
            .map(node -> naming.label(node.callee()) + " reads ")
            .findFirst()
            .orElse("an output is ");
    return reader + "\"" + input.name() + "\" " + input.spec();
  }

  /** Every input is needed. */
  void requireUsed(Set<Node> nodes) {
    Set<SymbolicTensor> used = new HashSet<>(outputs);
    nodes.forEach(node -> used.addAll(node.inputs()));
    for (SymbolicTensor input : inputs) {
      if (!used.contains(input)) {
        throw new IllegalArgumentException(
            owner
                + " has an input that no output depends on: "
                + input
                + "; leave it out or connect it");
      }
    }
  }

  /** Every name stands for one input, layer or model. */
  void requireNames(Set<Node> nodes) {
    Map<String, Set<Operation>> byName = new LinkedHashMap<>();
    for (SymbolicTensor input : inputs) {
      if (input instanceof Input callee) {
        note(callee, byName);
      }
    }
    nodes.forEach(node -> note(node.callee(), byName));
    byName.forEach(
        (name, callees) -> {
          if (callees.size() > 1) {
            throw new IllegalArgumentException(
                owner
                    + " has "
                    + callees.size()
                    + " layers named \""
                    + name
                    + "\" ("
                    + callees.stream().map(Operation::typeName).collect(Collectors.joining(", "))
                    + "); give each a name of its own: layer.named(\"...\") before its first call,"
                    + " model.renamed(\"...\"), or ModelFile.load(directory, \"prefix_\") for"
                    + " what comes from a file");
          }
        });
  }

  private void note(Operation callee, Map<String, Set<Operation>> byName) {
    byName.computeIfAbsent(naming.nameOf(callee), name -> new LinkedHashSet<>()).add(callee);
  }
}
