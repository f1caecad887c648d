package dev.tandem.core.model;

import com.google.common.collect.ImmutableBiMap;
import dev.tandem.core.graph.Node;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.Weight;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Where weights stand in a model: the path of their first appearance, through nested models and
 * layers that wrap others.
 */
final class Paths {

  private final Model model;
  private final Map<String, Weight> paths = new LinkedHashMap<>();
  private final Set<Weight> seen = new HashSet<>();

  private Paths(Model model) {
    this.model = model;
    walk(model, "");
  }

  static ImmutableBiMap<String, Weight> of(Model model) {
    return ImmutableBiMap.copyOf(new Paths(model).paths);
  }

  /** The weight at a path. */
  static Weight find(Model model, String path) {
    Map<String, Weight> all = of(model);
    Weight weight = all.get(path);
    if (weight == null) {
      throw new IllegalArgumentException(
          model + " has no weight \"" + path + "\"; it has " + all.keySet());
    }
    return weight;
  }

  private void walk(Model part, String prefix) {
    for (Node node : part.graph().nodes()) {
      if (node.callee() instanceof Layer layer) {
        for (Weight weight : layer.weights()) {
          if (seen.add(weight)) {
            add(prefix + path(layer, weight), weight);
          }
        }
      } else if (node.callee() instanceof Model inner) {
        walk(inner, prefix + inner.name() + "/");
      }
    }
  }

  private static String path(Layer layer, Weight weight) {
    for (Layer inner : layer.inner()) {
      if (inner.weights().contains(weight)) {
        return layer.name() + "/" + path(inner, weight);
      }
    }
    return layer.name() + "/" + weight.name();
  }

  private void add(String path, Weight weight) {
    if (paths.putIfAbsent(path, weight) != null) {
      throw new IllegalStateException(
          model
              + " has two weights with the path \""
              + path
              + "\", which tells weights apart in files; give their layers other names");
    }
  }
}
