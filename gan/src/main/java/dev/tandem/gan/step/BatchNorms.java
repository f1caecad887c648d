package dev.tandem.gan.step;

import dev.tandem.core.layer.BatchStatistics;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.MinibatchStandardDeviation;
import dev.tandem.core.model.CallSite;
import dev.tandem.core.model.Model;
import dev.tandem.core.model.ModelWalk;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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
    Set<String> names = new LinkedHashSet<>();
    ModelWalk.visit(
        model,
        new ModelWalk.Visitor() {
          @Override
          public boolean enter(Layer layer, CallSite site) {
            if (kind.test(layer)) {
              names.add(site.name());
            }
            return true;
          }
        });
    return List.copyOf(names);
  }
}
