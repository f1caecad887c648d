package dev.tandem.core.train;

import com.google.common.collect.ImmutableMap;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.model.Model;
import dev.tandem.core.model.Snapshot;
import dev.tandem.core.optimizer.Optimizer;
import java.util.List;
import java.util.Objects;

/** The rule for each weight that a trainer moves, decided when it is compiled. */
final class UpdateRules {

  private static final String BIAS = "bias";

  private final ImmutableMap<Weight, UpdateRule> rules;

  private UpdateRules(ImmutableMap<Weight, UpdateRule> rules) {
    this.rules = rules;
  }

  /**
   * The rules of a recipe.
   *
   * @throws IllegalArgumentException if two groups have one weight, or a group has none of the
   *     model
   */
  static UpdateRules of(Training recipe, Snapshot snapshot) {
    Model model = snapshot.model();
    recipe.groups().forEach(group -> group.selection().requirePartsOf(model));
    ImmutableMap.Builder<Weight, UpdateRule> rules = ImmutableMap.builder();
    for (Weight weight : snapshot.moved()) {
      rules.put(weight, rule(recipe, model, weight));
    }
    return new UpdateRules(rules.buildOrThrow());
  }

  private static UpdateRule rule(Training recipe, Model model, Weight weight) {
    List<ParameterGroup> groups =
        recipe.groups().stream().filter(group -> group.selection().accepts(weight)).toList();
    if (groups.size() > 1) {
      throw new IllegalArgumentException(
          model
              + " has the weight \""
              + weight.path()
              + "\" in two groups, "
              + groups.get(0)
              + " and "
              + groups.get(1)
              + "; let each weight be in one");
    }
    UpdateRule rule =
        groups.isEmpty()
            ? new UpdateRule(recipe.optimizer(), 1, null, null)
            : groups.get(0).rule(recipe.optimizer());
    Optimizer own = isVector(weight) ? rule.optimizer().ofBiasesAndNorms() : rule.optimizer();
    return new UpdateRule(own, rule.rateFactor(), rule.clipping(), rule.group());
  }

  /** Biases, and the scales and shifts of norms: what is no kernel and no table. */
  private static boolean isVector(Weight weight) {
    return weight.shape().rank() <= 1 || weight.name().endsWith(BIAS);
  }

  UpdateRule of(Weight weight) {
    return Objects.requireNonNull(rules.get(weight));
  }
}
