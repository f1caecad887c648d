package dev.tandem.examples.bench.profile;

import dev.tandem.core.engine.Plan;
import dev.tandem.core.engine.PlanEngine;
import dev.tandem.core.engine.PlanProfile;
import dev.tandem.core.op.Precision;
import dev.tandem.core.op.Program;
import dev.tandem.core.train.Trainer;
import dev.tandem.examples.bench.measure.Machine;
import dev.tandem.examples.bench.measure.Task;
import dev.tandem.examples.bench.systems.TandemWorkload;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Times every kernel of a task's step by itself and prints them with their layers, their shares of
 * the step and the rate of their arithmetic.
 *
 * @param task the task
 * @param runs timed runs, whose medians are printed
 * @param out takes the tables
 */
public record ProfileRun(Task task, int runs, PrintWriter out) {

  private static final int WARMUP = 5;

  /** Measures and prints. */
  public void run() {
    double rate = MatmulRate.measure();
    Map<String, PlanProfile> profiles = new LinkedHashMap<>();
    try (TandemWorkload workload = TandemWorkload.of(task, new PlanEngine(), Precision.FLOAT32)) {
      for (int step = 0; step < WARMUP; step++) {
        workload.step(step);
      }
      workload.trainers().forEach((name, trainer) -> profile(name, trainer, profiles));
    }
    double total = profiles.values().stream().mapToDouble(PlanProfile::totalMicros).sum();
    double operations = profiles.values().stream().mapToDouble(PlanProfile::operations).sum();
    profiles.forEach(
        (name, profile) ->
            out.printf(
                Locale.ROOT,
                "%s, %s: %s%n",
                task.label(),
                name,
                profile.table(profile.dearest(profile.entries().size()), total)));
    double bound = operations / rate * 1e3;
    out.printf(
        Locale.ROOT,
        "%s: kernels %.2f ms; %.2f GFLOP at this machine's matmul rate, %.0f GFLOP/s, would take"
            + " %.2f ms: the step takes %.2f times that (threads=%s)%n",
        task.label(),
        total / 1e3,
        operations / 1e9,
        rate / 1e9,
        bound,
        total / 1e3 / bound,
        Machine.threads());
    out.flush();
  }

  private void profile(String name, Trainer trainer, Map<String, PlanProfile> profiles) {
    String[] halves = {"gradients", "update"};
    int half = 0;
    for (Program program : trainer.programs()) {
      String label = name + " " + (half < halves.length ? halves[half] : "more");
      half++;
      if (program instanceof Plan plan) {
        profiles.put(label, plan.profile(runs));
      }
    }
  }
}
