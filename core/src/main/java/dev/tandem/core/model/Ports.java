package dev.tandem.core.model;

import com.google.common.collect.ImmutableMap;
import dev.tandem.core.graph.SymbolicTensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Names of a model's inputs and outputs: those of what they come from. */
final class Ports {

  private Ports() {}

  static ImmutableMap<String, SymbolicTensor> named(List<SymbolicTensor> tensors) {
    Map<String, SymbolicTensor> named = new LinkedHashMap<>();
    for (SymbolicTensor tensor : tensors) {
      String base = tensor.producer().callee().name();
      String name = base;
      for (int i = 1; named.containsKey(name); i++) {
        name = base + "_" + i;
      }
      named.put(name, tensor);
    }
    return ImmutableMap.copyOf(named);
  }
}
