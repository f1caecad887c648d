package dev.tandem.core.train;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.loss.Loss;
import dev.tandem.core.metric.Metric;
import dev.tandem.core.model.Model;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An output of a model with what it is trained on.
 *
 * @param name of the output
 * @param index among the model's outputs
 * @param loss or null if the output is only judged
 * @param weight of the loss in the total
 * @param metrics that judge it
 */
record Head(
    String name, int index, @Nullable Loss loss, double weight, ImmutableList<Metric> metrics) {

  boolean needsTarget() {
    return loss != null && loss.needsTarget() || !metrics.isEmpty();
  }

  /** The heads of a model under a recipe. */
  static ImmutableList<Head> of(Model model, Training recipe) {
    ImmutableList<String> names = model.outputs().keySet().asList();
    checkNames(model, names, recipe.losses().keySet(), "loss");
    checkNames(model, names, recipe.lossWeights().keySet(), "loss weight");
    checkNames(model, names, recipe.metrics().keySet(), "metrics");
    if (recipe.losses().isEmpty()) {
      throw new IllegalArgumentException(
          model + " was compiled without a loss; add loss(...) to the recipe, one of dev.tandem"
              + ".core.loss.Losses, for one of its outputs " + names);
    }
    ImmutableList.Builder<Head> heads = ImmutableList.builder();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      heads.add(
          new Head(
              name,
              i,
              find(recipe.losses(), name),
              orElse(find(recipe.lossWeights(), name), 1.0),
              ImmutableList.copyOf(orElse(find(recipe.metrics(), name), List.of()))));
    }
    return heads.build();
  }

  private static <T> @Nullable T find(Map<String, T> settings, String name) {
    return settings.containsKey(name) ? settings.get(name) : settings.get(Training.ONLY);
  }

  private static <T> T orElse(@Nullable T value, T otherwise) {
    return value == null ? otherwise : value;
  }

  private static void checkNames(
      Model model, List<String> names, Set<String> asked, String what) {
    for (String name : asked) {
      if (name.equals(Training.ONLY) && names.size() > 1) {
        throw new IllegalArgumentException(
            model + " has " + names.size() + " outputs " + names + "; say which one each " + what
                + " is for");
      }
      if (!name.equals(Training.ONLY) && !names.contains(name)) {
        throw new IllegalArgumentException(
            model + " has no output \"" + name + "\" for a " + what + "; it has " + names);
      }
    }
  }
}
