package dev.tandem.core.graph;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Checks of a cut through a graph of calls.
 *
 * @param owner who asks, for messages
 * @param naming the names of inputs and operations
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
   * @param nodes all that the outputs depend on, in order
   */
  void requireReached(Set<Node> nodes) {
    Set<SymbolicTensor> known = new HashSet<>(inputs);
    Set<String> reached = new LinkedHashSet<>();
    Set<SymbolicTensor> missing = new LinkedHashSet<>();
    for (Node node : nodes) {
      noteMissing(node.inputs(), missing);
      if (known.containsAll(node.inputs())) {
        known.addAll(node.outputs());
        reached.add(naming.nameOf(node.operation()));
      }
    }
    noteMissing(outputs, missing);
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException(missing(missing, nodes, reached));
    }
  }

  private void noteMissing(List<SymbolicTensor> tensors, Set<SymbolicTensor> missing) {
    tensors.stream()
        .filter(tensor -> tensor.producer() == null && !inputs.contains(tensor))
        .forEach(missing::add);
  }

  private String missing(Set<SymbolicTensor> missing, Set<Node> nodes, Set<String> reached) {
    boolean one = missing.size() == 1;
    List<String> names =
        missing.stream().map(input -> "\"" + input.source().name() + "\"").toList();
    return owner
        + " cannot be computed from "
        + inputs.stream().map(input -> naming.nameOf(input.source())).toList()
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

  private String reader(SymbolicTensor input, Set<Node> nodes) {
    String reader =
        nodes.stream()
            .filter(node -> node.inputs().contains(input))
            .map(node -> naming.label(node.operation()) + " reads ")
            .findFirst()
            .orElse("an output is ");
    return reader + "\"" + input.source().name() + "\" " + input.spec();
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
    Map<String, Set<Named>> byName = new LinkedHashMap<>();
    for (SymbolicTensor input : inputs) {
      if (input.producer() == null) {
        note(input.source(), byName);
      }
    }
    nodes.forEach(node -> note(node.operation(), byName));
    byName.forEach(
        (name, parts) -> {
          if (parts.size() > 1) {
            throw new IllegalArgumentException(
                owner
                    + " has "
                    + parts.size()
                    + " layers named \""
                    + name
                    + "\" ("
                    + parts.stream().map(Named::typeName).collect(Collectors.joining(", "))
                    + "); give each a name of its own: layer.named(\"...\") before its first call,"
                    + " model.renamed(\"...\"), or ModelFile.load(directory, \"prefix_\") for"
                    + " what comes from a file");
          }
        });
  }

  private void note(Named part, Map<String, Set<Named>> byName) {
    byName.computeIfAbsent(naming.nameOf(part), name -> new LinkedHashSet<>()).add(part);
  }
}
