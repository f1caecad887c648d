package dev.tandem.core.model;

import dev.tandem.core.graph.Node;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.Weight;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Where weights stand in a model: the path of their first appearance. */
final class Paths {

  private Paths() {}

  static Map<String, Weight> of(Model model) {
    Map<String, Weight> paths = new LinkedHashMap<>();
    walk(model, "", paths, new HashSet<>());
    return paths;
  }

  private static void walk(
      Model model, String prefix, Map<String, Weight> paths, Set<Weight> seen) {
    for (Node node : model.graph().nodes()) {
      if (node.callee() instanceof Layer layer) {
        for (Weight weight : layer.weights()) {
          if (seen.add(weight)) {
            paths.put(prefix + weight.path(), weight);
          }
        }
      } else if (node.callee() instanceof Model inner) {
        walk(inner, prefix + inner.name() + "/", paths, seen);
      }
    }
  }
}
