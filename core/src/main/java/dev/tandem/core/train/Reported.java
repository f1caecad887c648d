package dev.tandem.core.train;

import dev.tandem.core.metric.Metric;
import dev.tandem.core.model.Model;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The names under which losses and metrics are reported: each stands for one number. */
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
