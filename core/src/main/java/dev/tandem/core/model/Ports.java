package dev.tandem.core.model;

import com.google.common.collect.ImmutableMap;
import dev.tandem.core.graph.Graph;
import dev.tandem.core.graph.Operation;
import dev.tandem.core.graph.SymbolicTensor;
import java.util.List;

/** Names of a model's inputs and outputs: those of what they come from. */
final class Ports {

  private Ports() {}

  static ImmutableMap<String, SymbolicTensor> named(Graph graph, List<SymbolicTensor> tensors) {
    List<Operation> owners = tensors.stream().map(tensor -> tensor.producer().callee()).toList();
    return graph.naming().derived(owners, tensors);
  }
}
