package dev.tandem.examples.bench;

import dev.tandem.core.op.Precision;
import dev.tandem.examples.bench.measure.Machine;
import dev.tandem.examples.bench.measure.Measurement;
import dev.tandem.examples.bench.measure.Task;
import dev.tandem.examples.bench.measure.Timing;
import dev.tandem.examples.bench.measure.Turns;
import dev.tandem.examples.bench.measure.Workload;
import dev.tandem.examples.bench.systems.Contender;
import dev.tandem.examples.bench.systems.GanTask;
import dev.tandem.examples.bench.systems.TrainerGan;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Measures a workload in this process.
 *
 * @param contender what takes the steps
 * @param precision of its products and convolutions
 * @param out takes the lines
 */
record SingleRun(Contender contender, Precision precision, PrintWriter out) {

  private static final String INIT = "init";

  /** Rivals are slow: they take a quarter of the steps. */
  private static final int RIVAL_SHARE = 4;

  /** Measures what the arguments name: WORKLOAD [ITERS [WARMUP]] or init[:WORKLOAD]. */
  void run(Words words, @Nullable Rival rival) {
    String first = words.required(0, "WORKLOAD");
    boolean init = first.equals(INIT) || first.startsWith(INIT + ":");
    String label = init ? first.substring(INIT.length()).replaceFirst("^:", "") : first;
    Task task = init && label.isEmpty() ? Task.MLP : words.task(label);
    int iterations = words.number(1, "ITERS", 1, task.iterations());
    int warmup = words.number(2, "WARMUP", 0, task.warmup());
    words.atMost(3);
    if (rival == Rival.TRAINER && (!task.isGan() || contender != Contender.TANDEM)) {
      throw words
          .wrong()
          .apply(
              "--against trainer is for GANs and the plan engine, not for "
                  + (task.isGan() ? contender.label() : task.label()));
    }
    if (init) {
      init(task);
    } else {
      measure(task, iterations, warmup, rival);
    }
    out.flush();
  }

  private void init(Task task) {
    try (Workload steps = contender.make(task, precision)) {
      steps.step(0);
      String name = label() + " init:" + task.label();
      out.printf(Locale.ROOT, "%s %.3f s%n", name, Machine.uptime());
    }
  }

  private void measure(Task task, int iterations, int warmup, @Nullable Rival rival) {
    if (rival == Rival.TRAINER) {
      againstTrainer(task, iterations, warmup);
      return;
    }
    Timing own = measure(label(), contender.make(task, precision), task, iterations, warmup);
    if (rival == Rival.SAMEDIFF) {
      againstSameDiff(task, own, iterations, warmup);
    }
  }

  private void againstTrainer(Task task, int iterations, int warmup) {
    try (Workload steps = contender.make(task);
        Workload rounds = new TrainerGan(GanTask.of(task))) {
      Turns turns = Turns.take(steps, rounds, iterations, warmup);
      out.printf(
          Locale.ROOT,
          "# %s of gan's trainer: %.3f ms a round, %.3f ms without it, ratio %.3f; medians of %d"
              + " in turns%n",
          task.label(),
          turns.second().median(),
          turns.first().median(),
          turns.ratio(),
          iterations);
    }
  }

  private void againstSameDiff(Task task, Timing own, int iterations, int warmup) {
    for (Contender other : List.of(Contender.TANDEM_ON_SAMEDIFF, Contender.SAMEDIFF)) {
      if (other.takes(task) && other != contender) {
        int share = ceilDiv(iterations, RIVAL_SHARE);
        Timing theirs =
            measure(other.label(), other.make(task), task, share, ceilDiv(warmup, RIVAL_SHARE));
        out.printf(
            Locale.ROOT,
            "# %s is %.1f times as fast as %s on %s%n",
            contender.label(),
            theirs.median() / own.median(),
            other.label(),
            task.label());
      }
    }
  }

  private Timing measure(String system, Workload made, Task task, int iterations, int warmup) {
    try (made) {
      return new Measurement(system + " " + task.label(), made, out).run(iterations, warmup);
    }
  }

  /** As in {@code tandem+bf16}. */
  private String label() {
    return contender.label() + (precision == Precision.FLOAT32 ? "" : "+" + precision.text());
  }

  private static int ceilDiv(int a, int b) {
    return (a + b - 1) / b;
  }
}
