package dev.tandem.gan.step;

import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The inputs that a tensor depends on. */
final class UsedInputs {

  private UsedInputs() {}

  static List<Input> of(List<Input> inputs, SymbolicTensor tensor) {
    Set<SymbolicTensor> seen = new HashSet<>();
    Deque<SymbolicTensor> open = new ArrayDeque<>(List.of(tensor));
    while (!open.isEmpty()) {
      SymbolicTensor next = open.pop();
      if (seen.add(next)) {
        open.addAll(next.producer().inputs());
      }
    }
    return inputs.stream().filter(seen::contains).toList();
  }
}
