package dev.tandem.core.io;

import dev.tandem.core.op.Variable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The arrays that a save holds: each once, counted in the order in which they were added. */
final class ArrayTable {

  /** An array under the name it was first added with. */
  record Item(String name, Variable variable) {}

  private final Map<Variable, Integer> indices = new LinkedHashMap<>();
  private final List<Item> items = new ArrayList<>();

  /**
   * The index of an array, which is added if it is not there.
   *
   * @throws IllegalArgumentException if files cannot hold its type
   */
  int add(String name, Variable variable) {
    Integer known = indices.putIfAbsent(variable, items.size());
    if (known != null) {
      return known;
    }
    ElementType.of(variable.spec().dtype());
    items.add(new Item(name, variable));
    return items.size() - 1;
  }

  List<Item> items() {
    return items;
  }
}
