package dev.tandem.core.model;

import com.google.common.collect.ImmutableBiMap;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.Weight;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The paths of a model's weights: that of the first appearance of each, through nested models and
 * layers that wrap others.
 */
final class Paths implements ModelWalk.Visitor {

  private final Model model;
  private final Map<String, Weight> paths = new LinkedHashMap<>();
  private final Set<Weight> seen = new HashSet<>();

  private Paths(Model model) {
    this.model = model;
    ModelWalk.visit(model, this);
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

  /** Those of the layers that it wraps are there by now. */
  @Override
  public void leave(Layer layer, CallSite site) {
    for (Weight weight : layer.weights()) {
      if (seen.add(weight)) {
        add(site.path() + "/" + weight.name(), weight);
      }
    }
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
