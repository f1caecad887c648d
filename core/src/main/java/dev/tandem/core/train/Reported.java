package dev.tandem.core.train;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.tandem.core.metric.Metric;
import dev.tandem.core.model.Model;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Losses and metrics as they are reported: each name stands for one number. */
final class Reported {

  /** The name of the total loss. */
  static final String LOSS = "loss";

  /** What the names of validation data's numbers begin with. */
  static final String VALIDATION = "val_";

  private Reported() {}

  /** All names of a history, in its order. */
  static ImmutableSet<String> names(List<Head> heads, boolean validated) {
    List<String> names = new ArrayList<>();
    names.add(LOSS);
    heads.stream()
        .filter(head -> head.loss() != null && heads.size() > 1)
        .forEach(head -> names.add(loss(head)));
    for (Head head : heads) {
      head.metrics().forEach(metric -> names.add(metric(heads, head, metric)));
    }
    List<String> all = new ArrayList<>(names);
    if (validated) {
      names.forEach(name -> all.add(VALIDATION + name));
    }
    return ImmutableSet.copyOf(all);
  }

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
    add(model, names, "", "the total loss", LOSS);
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
      names.forEach(
          (name, what) -> add(model, all, VALIDATION, what + " on validation data", name));
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
