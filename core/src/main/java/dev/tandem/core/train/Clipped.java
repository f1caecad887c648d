package dev.tandem.core.train;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.optimizer.Clipping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The gradients of an update, clipped: groups that ask for it by themselves, all others together.
 */
final class Clipped {

  private Clipped() {}

  /** A gradient for each moved weight. */
  static List<Value> of(
      Ops ops, List<TrainedWeight> moved, UpdateRules rules, @Nullable Clipping usual) {
    List<Value> gradients =
        new ArrayList<>(moved.stream().map(m -> ops.read(m.gradient())).toList());
    List<Integer> others = new ArrayList<>();
    Map<ParameterGroup, List<Integer>> groups = new LinkedHashMap<>();
    for (int i = 0; i < moved.size(); i++) {
      UpdateRule rule = rules.of(moved.get(i).weight());
      if (rule.group() != null && rule.clipping() != null) {
        groups.computeIfAbsent(rule.group(), group -> new ArrayList<>()).add(i);
      } else {
        others.add(i);
      }
    }
    clip(ops, gradients, others, usual);
    groups.forEach(
        (group, places) ->
            clip(ops, gradients, places, rules.of(moved.get(places.get(0)).weight()).clipping()));
    return gradients;
  }

  private static void clip(
      Ops ops, List<Value> gradients, List<Integer> places, @Nullable Clipping clipping) {
    if (clipping == null || places.isEmpty()) {
      return;
    }
    ops.origin("clipping");
    List<Value> clipped = clipping.apply(ops, places.stream().map(gradients::get).toList());
    for (int i = 0; i < places.size(); i++) {
      gradients.set(places.get(i), clipped.get(i));
    }
  }
}
