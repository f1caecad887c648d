package dev.tandem.gan.step;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.model.CallSite;
import dev.tandem.core.model.Model;
import dev.tandem.core.model.ModelWalk;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Layers that steps call besides their nets, and what these keep. */
final class StepState {

  private StepState() {}

  /** The layers of one kind, each once. */
  static <T extends Layer> ImmutableList<T> in(List<Model> steps, Class<T> kind) {
    return layers(steps).stream()
        .filter(kind::isInstance)
        .map(kind::cast)
        .collect(ImmutableList.toImmutableList());
  }

  /** The scalar states of the layers, by path. */
  static ImmutableMap<String, Double> values(List<Model> steps) {
    ImmutableMap.Builder<String, Double> values = ImmutableMap.builder();
    for (Layer layer : layers(steps)) {
      for (Weight weight : layer.weights()) {
        if (!weight.isParameter() && weight.shape().rank() == 0) {
          values.put(weight.path(), weight.variable().read().getDouble(0));
        }
      }
    }
    return values.buildKeepingLast();
  }

  private static Set<Layer> layers(List<Model> steps) {
    Set<Layer> layers = new LinkedHashSet<>();
    ModelWalk.Visitor besideNets =
        new ModelWalk.Visitor() {
          @Override
          public boolean enter(Model model, CallSite site) {
            return site.isRoot();
          }

          @Override
          public boolean enter(Layer layer, CallSite site) {
            layers.add(layer);
            return false;
          }
        };
    steps.forEach(step -> ModelWalk.visit(step, besideNets));
    return layers;
  }
}
