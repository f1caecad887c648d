package dev.tandem.core.train;

import com.google.common.collect.ImmutableMap;
import dev.tandem.core.metric.Metric;
import dev.tandem.core.model.Model;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Losses and metrics as they are reported: each name stands for one number. */
final class Reported {

  private Reported() {}

  /** The name under which the loss of an output is reported. */
  static String loss(Head head) {
    return head.name() + "_loss";
  }

  /** The name under which a metric of an output is reported. */
  static String metric(List<Head> heads, Head head, Metric metric) {
    return heads.size() == 1 ? metric.name() : head.name() + "_" + metric.name();
  }

  /** The report of a step that is done. */
  static StepResult result(long step, List<Head> heads, ToDoubleFunction<String> scalars) {
    return new StepResult(step, losses(heads, scalars));
  }

  /**
   * The losses of a step.
   *
   * @param scalars what its program made, by name
   */
  static StepResult.Losses losses(List<Head> heads, ToDoubleFunction<String> scalars) {
    ImmutableMap.Builder<String, Double> each = ImmutableMap.builder();
    for (int i = 0; i < heads.size(); i++) {
      Head head = heads.get(i);
      if (head.loss() != null) {
        each.put(head.name(), scalars.applyAsDouble(head.lossName()));
      }
    }
    return new StepResult.Losses(scalars.applyAsDouble(StepInputNames.TOTAL), each.buildOrThrow());
  }

  /**
   * Refuses outputs whose names make two numbers one.
   *
   * @param validated whether there are the numbers of validation data, too
   */
  static void check(Model model, List<Head> heads, boolean validated) {
    Map<String, String> names = new LinkedHashMap<>();
    add(model, names, "", "the total loss", "loss");
    for (Head head : heads) {
      String of = " of output \"" + head.name() + "\"";
      if (head.loss() != null && heads.size() > 1) {
        add(model, names, "", "the loss" + of, loss(head));
      }
      for (Metric metric : head.metrics()) {
        add(model, names, "", metric.name() + of, metric(heads, head, metric));
      }
    }
    if (validated) {
      Map<String, String> all = new LinkedHashMap<>(names);
      names.forEach((name, what) -> add(model, all, "val_", what + " on validation data", name));
    }
  }

  private static void add(
      Model model, Map<String, String> names, String prefix, String what, String name) {
    String other = names.putIfAbsent(prefix + name, what);
    if (other != null) {
      throw new IllegalArgumentException(
          model
              + " would report "
              + other
              + " and "
              + what
              + " both as \""
              + prefix
              + name
              + "\"; give the output's layer another name");
    }
  }
}
