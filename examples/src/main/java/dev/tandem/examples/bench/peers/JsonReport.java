package dev.tandem.examples.bench.peers;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.examples.bench.measure.Task;
import dev.tandem.examples.bench.support.Figures;
import dev.tandem.examples.bench.support.Outcome;

/**
 * Results as JSON: the setting, and every round of every system on every workload.
 *
 * @param setting how they came about
 */
record JsonReport(Setting setting, Results results) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** All of it. */
  String text() {
    ObjectNode root = JSON.createObjectNode();
    root.put("date", setting.date().toString())
        .put("cpu", setting.cpu())
        .put("cores", setting.cores())
        .put("system", setting.system())
        .put("java", setting.java())
        .put("threads", setting.threads())
        .put("rounds", setting.rounds());
    ObjectNode versions = root.putObject("versions");
    setting.versions().forEach(versions::put);
    ArrayNode all = root.putArray("results");
    for (Task task : results.tasks()) {
      for (String system : results.systems()) {
        if (!results.of(system, task).isEmpty()) {
          write(system, task, all.addObject());
        }
      }
    }
    return root.toPrettyString() + "\n";
  }

  private void write(String system, Task task, ObjectNode node) {
    node.put("system", system).put("workload", task.label());
    results.medians(system, task).ifPresent(figures -> node.put("median_ms", figures.median()));
    results.ratio(system, task).ifPresent(ratio -> node.put("ratio_to_tandem", ratio));
    ArrayNode rounds = node.putArray("rounds");
    results.of(system, task).forEach(outcome -> write(outcome, rounds.addObject()));
  }

  private static void write(Outcome outcome, ObjectNode node) {
    if (outcome instanceof Outcome.Measured measured) {
      Figures figures = measured.figures();
      node.put("status", "measured")
          .put("median_ms", figures.median())
          .put("p10_ms", figures.low())
          .put("p90_ms", figures.high())
          .put("steps_per_s", figures.stepsPerSecond())
          .put("peak_mb", figures.peakMegabytes());
      if (Double.isFinite(figures.tail())) {
        node.put("p99_ms", figures.tail());
      }
      if (Double.isFinite(figures.firstStepSeconds())) {
        node.put("first_step_s", figures.firstStepSeconds());
      }
    } else if (outcome instanceof Outcome.Unsupported unsupported) {
      node.put("status", "unsupported").put("reason", unsupported.reason());
    } else if (outcome instanceof Outcome.Failed failed) {
      ArrayNode lines =
          node.put("status", "failed").put("reason", failed.reason()).putArray("last_lines");
      failed.lastLines().forEach(lines::add);
    }
  }
}
