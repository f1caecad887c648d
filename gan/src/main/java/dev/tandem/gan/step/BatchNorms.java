package dev.tandem.gan.step;

import dev.tandem.core.graph.Naming;
import dev.tandem.core.graph.Node;
import dev.tandem.core.layer.BatchStatistics;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.MinibatchStandardDeviation;
import dev.tandem.core.model.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Finds the layers by which samples of a batch depend on each other. */
final class BatchNorms {

  private BatchNorms() {}

  /** The names of the batch normalizations in a model, nested ones included. */
  static List<String> in(Model model) {
    return in(model, BatchNorms::normalizes);
  }

  /** The names of all layers by which samples of a batch depend on each other. */
  static List<String> mixing(Model model) {
    return in(model, layer -> normalizes(layer) || layer instanceof MinibatchStandardDeviation);
  }

  private static boolean normalizes(Layer layer) {
    return layer instanceof BatchStatistics;
  }

  private static List<String> in(Model model, Predicate<Layer> kind) {
    List<String> names = new ArrayList<>();
    for (Model each : model.models()) {
      for (Node node : each.graph().nodes()) {
        if (node.callee() instanceof Layer layer) {
          collect(each.nameOf(layer), layer, kind, names);
        }
      }
    }
    return names.stream().distinct().toList();
  }

  private static void collect(String name, Layer layer, Predicate<Layer> kind, List<String> names) {
    if (kind.test(layer)) {
      names.add(name);
    }
    Naming inside = Naming.of(layer.inner());
    layer.inner().forEach(inner -> collect(inside.nameOf(inner), inner, kind, names));
  }
}
