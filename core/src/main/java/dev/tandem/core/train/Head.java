package dev.tandem.core.train;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.loss.Loss;
import dev.tandem.core.metric.Metric;
import dev.tandem.core.model.Model;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An output of a model with what it is trained on.
 *
 * @param name of the output
 * @param lossName what programs call its loss
 * @param index among the model's outputs
 * @param loss or null if the output is only judged, or not looked at
 * @param weight of the loss in the total
 * @param metrics that judge it
 */
record Head(
    String name,
    String lossName,
    int index,
    @Nullable Loss loss,
    double weight,
    ImmutableList<Metric> metrics) {

  /** Whether there is a target to compare it with. */
  boolean needsTarget() {
    return loss != null && loss.needsTarget() || !metrics.isEmpty();
  }

  /** Whether anything is made of it. */
  boolean isJudged() {
    return loss != null || !metrics.isEmpty();
  }

  /** The heads of a model under a recipe. */
  static ImmutableList<Head> of(Model model, Training recipe) {
    ImmutableList<String> names = model.outputs().keySet().asList();
    checkNames(model, names, recipe.losses().keySet(), "loss");
    checkNames(model, names, recipe.lossWeights().keySet(), "loss weight");
    checkNames(model, names, recipe.metrics().keySet(), "metric");
    if (recipe.losses().isEmpty()) {
      throw new IllegalArgumentException(
          model
              + " was compiled without a loss; add loss(...) to the recipe, one of dev.tandem"
              + ".core.loss.Losses, for one of its outputs "
              + names);
    }
    ImmutableList.Builder<Head> heads = ImmutableList.builder();
    for (int i = 0; i < names.size(); i++) {
      heads.add(of(model, recipe, names.get(i), i));
    }
    ImmutableList<Head> all = heads.build();
    Reported.check(model, all, false);
    return all;
  }

  private static Head of(Model model, Training recipe, String name, int index) {
    Loss loss = find(recipe.losses(), name);
    Double weight = find(recipe.lossWeights(), name);
    List<Metric> metrics = find(recipe.metrics(), name);
    if (weight != null && loss == null) {
      throw new IllegalArgumentException(
          model
              + " has a loss weight for its output \""
              + name
              + "\" and no loss; add one or leave"
              + " the weight out");
    }
    Head head =
        new Head(
            name,
            StepInputNames.loss(name),
            index,
            loss,
            weight == null ? 1 : weight,
            metrics == null ? ImmutableList.of() : ImmutableList.copyOf(metrics));
    checkMetrics(model, head);
    return head;
  }

  private static void checkMetrics(Model model, Head head) {
    Set<String> labels = new HashSet<>(Set.of("loss"));
    for (Metric metric : head.metrics()) {
      if (!labels.add(metric.name())) {
        throw new IllegalArgumentException(
            model
                + " reports \""
                + metric.name()
                + "\" twice for its output \""
                + head.name()
                + "\"; leave one of the two out");
      }
    }
  }

  private static <T> @Nullable T find(Map<String, T> settings, String name) {
    return settings.containsKey(name) ? settings.get(name) : settings.get(Training.ONLY);
  }

  private static void checkNames(Model model, List<String> names, Set<String> asked, String what) {
    for (String name : asked) {
      if (name.equals(Training.ONLY)) {
        checkOnly(model, names, asked, what);
      } else if (!names.contains(name)) {
        throw new IllegalArgumentException(
            model + " has no output \"" + name + "\" for a " + what + "; it has " + names);
      }
    }
  }

  private static void checkOnly(Model model, List<String> names, Set<String> asked, String what) {
    if (names.size() > 1) {
      throw new IllegalArgumentException(
          model
              + " has "
              + names.size()
              + " outputs "
              + names
              + "; say which one each "
              + what
              + " is for");
    }
    if (asked.size() > 1) {
      throw new IllegalArgumentException(
          model
              + " has one output \""
              + names.get(0)
              + "\" and a "
              + what
              + " for it with and"
              + " without its name; leave one of them out");
    }
  }
}
