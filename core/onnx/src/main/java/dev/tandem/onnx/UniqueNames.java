package dev.tandem.onnx;

import java.util.HashSet;
import java.util.Set;

/** Names of one graph, each given once. */
final class UniqueNames {

  private final Set<String> taken = new HashSet<>();

  /** Takes a name that nothing else may have. */
  void reserve(String name) {
    taken.add(name);
  }

  /** The name, with a number behind it if something has it already. */
  String of(String wanted) {
    String name = wanted;
    for (int number = 1; !taken.add(name); number++) {
      name = wanted + "_" + number;
    }
    return name;
  }
}
