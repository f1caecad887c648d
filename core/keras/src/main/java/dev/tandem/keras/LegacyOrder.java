package dev.tandem.keras;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * The order in which Keras 2 lists the arrays of a layer or nested model: what is trainable first,
 * by the flags with which it was saved, and then what is not.
 */
final class LegacyOrder {

  private LegacyOrder() {}

  /** The weights in that order, each once. */
  static List<Slot> of(WeightNode node) {
    Set<Object> visited = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Slot> first = new ArrayList<>();
    List<Slot> rest = new ArrayList<>();
    collect(node, true, visited, first, rest);
    first.addAll(rest);
    return first;
  }

  private static void collect(
      WeightNode node, boolean live, Set<Object> visited, List<Slot> first, List<Slot> rest) {
    if (!visited.add(node.identity())) {
      return;
    }
    boolean moves = live && node.trainable();
    for (Slot slot : node.slots()) {
      (moves && slot.weight().isParameter() ? first : rest).add(slot);
    }
    node.children().forEach(child -> collect(child, moves, visited, first, rest));
  }
}
