package dev.tandem.gan.step;

import dev.tandem.core.graph.Node;
import dev.tandem.core.layer.BatchNormalization;
import dev.tandem.core.layer.ConditionalBatchNormalization;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.model.Model;
import java.util.ArrayList;
import java.util.List;

/** Finds the layers by which samples of a batch depend on each other. */
final class BatchNorms {

  private BatchNorms() {}

  /** The names of the batch normalizations in a model, nested ones included. */
  static List<String> in(Model model) {
    List<String> names = new ArrayList<>();
    for (Node node : model.graph().nodes()) {
      if (node.callee() instanceof Model inner) {
        names.addAll(in(inner));
      } else if (node.callee() instanceof Layer layer) {
        collect(layer, names);
      }
    }
    return names.stream().distinct().toList();
  }

  private static void collect(Layer layer, List<String> names) {
    if (layer instanceof BatchNormalization || layer instanceof ConditionalBatchNormalization) {
      names.add(layer.name());
    }
    layer.inner().forEach(inner -> collect(inner, names));
  }
}
