package dev.tandem.keras;

import dev.tandem.core.layer.Weight;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Matches the arrays of a group by their names, as in {@code block/conv_1/kernel:0}: by the last
 * part for one layer, by layer and last part in a nested model. The order of arrays depends on
 * flags there, and names do not.
 */
final class LegacyNames {

  private LegacyNames() {}

  /** A pair for each array and weight; empty if names do not tell. */
  static Optional<Map<Weight, StoredArray>> match(WeightNode node, List<StoredArray> arrays) {
    Map<Weight, StoredArray> pairs = new LinkedHashMap<>();
    Set<StoredArray> taken = new HashSet<>();
    for (Named named : named(node, List.of())) {
      if (pairs.containsKey(named.weight())) {
        continue; // of a layer that is met again
      }
      List<StoredArray> fitting =
          arrays.stream().filter(array -> !taken.contains(array) && named.fits(array)).toList();
      if (fitting.size() != 1) {
        return Optional.empty();
      }
      pairs.put(named.weight(), fitting.get(0));
      taken.add(fitting.get(0));
    }
    return taken.size() == arrays.size() ? Optional.of(pairs) : Optional.empty();
  }

  /** A weight and the names that have to be in that of its array. */
  private record Named(Weight weight, List<String> around) {

    boolean fits(StoredArray array) {
      List<String> parts = List.of(array.path().split("/"));
      return last(weight.name()).contains(array.name())
          && parts.subList(0, parts.size() - 1).containsAll(around);
    }

    /** What Keras may call a weight. */
    private static Set<String> last(String name) {
      return switch (name) {
        case "kernel" -> Set.of("kernel", "depthwise_kernel", "pointwise_kernel", "embeddings");
        case "vector_u" -> Set.of("vector_u", "sn_u");
        default -> Set.of(name);
      };
    }
  }

  private static List<Named> named(WeightNode node, List<String> around) {
    List<Named> all = new ArrayList<>();
    for (Slot slot : node.slots()) {
      all.add(new Named(slot.weight(), around));
    }
    for (WeightNode child : node.children()) {
      List<String> inside = new ArrayList<>();
      inside.add(child.name());
      all.addAll(named(child, inside));
    }
    return all;
  }
}
