package dev.tandem.core.model;

import com.google.common.collect.ImmutableBiMap;
import dev.tandem.core.graph.Naming;
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

  /** All weights of a model that was entered are known. */
  private final Set<Model> entered = new HashSet<>();

  private Paths(Model model) {
    this.model = model;
    ModelWalk.visit(model, new Walk());
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

  private final class Walk implements ModelWalk.Visitor {

    private final ModelPath path = new ModelPath();

    @Override
    public boolean enter(Model part) {
      boolean first = entered.add(part);
      if (first) {
        path.enter(part);
      }
      return first;
    }

    @Override
    public void leave(Model part) {
      path.leave();
    }

    @Override
    public void call(Layer layer, Model in) {
      for (Weight weight : layer.weights()) {
        if (seen.add(weight)) {
          add(path.of(Paths.path(in.graph().naming().nameOf(layer), layer, weight)), weight);
        }
      }
    }
  }

  private static String path(String name, Layer layer, Weight weight) {
    Naming inside = Naming.of(layer.inner());
    for (Layer inner : layer.inner()) {
      if (inner.weights().contains(weight)) {
        return name + "/" + path(inside.nameOf(inner), inner, weight);
      }
    }
    return name + "/" + weight.name();
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
