package dev.tandem.core.model;

import com.google.common.collect.ImmutableMap;
import dev.tandem.core.graph.Graph;
import dev.tandem.core.graph.Named;
import dev.tandem.core.graph.SymbolicTensor;
import java.util.List;

/** Names of a model's inputs and outputs: those of what they come from. */
final class Ports {

  private Ports() {}

  static ImmutableMap<String, SymbolicTensor> named(Graph graph, List<SymbolicTensor> tensors) {
    List<Named> owners = tensors.stream().map(SymbolicTensor::source).toList();
    return graph.naming().derived(owners, tensors);
  }
}
