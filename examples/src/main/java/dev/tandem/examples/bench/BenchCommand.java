package dev.tandem.examples.bench;

import dev.tandem.core.train.EngineKind;
import dev.tandem.examples.bench.measure.Machine;
import dev.tandem.examples.bench.measure.Measurement;
import dev.tandem.examples.bench.measure.Task;
import dev.tandem.examples.bench.measure.Timing;
import dev.tandem.examples.bench.measure.Workload;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures training steps. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Measure training steps on made-up data.",
    footer = {
      "",
      "Prints 'SYSTEM WORKLOAD median_ms p10 p90 steps_per_s peakRSS_MB', then lines with '#':"
          + " losses, the time from the start of the JVM to the first step, and whether the step of"
          + " D moved D alone and the step of G moved G alone.",
      "",
      "A step of a GAN is one of D (fresh noise, G forward, D on real and on fake, Adam on D) and"
          + " one of G (fresh noise, G and D forward, Adam on G).",
      "",
      "Set the number of threads with OMP_NUM_THREADS."
    })
public final class BenchCommand implements Callable<Integer> {

  private static final String INIT = "init";

  /** Rivals are slow: they take a quarter of the steps. */
  private static final int RIVAL_SHARE = 4;

  /** What to compare with. */
  enum Rival {
    /** SameDiff, under this library and alone. */
    SAMEDIFF
  }

  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "WORKLOAD",
      description =
          "mlp, ring, dcgan28, dcgan32 or wgangp28; with init: before it (or init for init:mlp),"
              + " only the time to the first step.")
  private String workload;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "ITERS",
      description = "Measured steps (300 for mlp and ring, else 50).")
  private Integer iterations;

  @Parameters(
      index = "2",
      arity = "0..1",
      paramLabel = "WARMUP",
      description = "Steps before them (200 for mlp and ring, else 10).")
  private Integer warmup;

  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      defaultValue = "plan",
      description = "What runs the steps: plan (default), or samediff for SameDiff's own session.")
  private EngineKind engine;

  @Option(
      names = "--against",
      paramLabel = "RIVAL",
      description =
          "samediff: in the same run, also take the same trainers' steps in SameDiff's session, and"
              + " (mlp, ring, dcgan28) those of plain SameDiff code with calculateGradients and"
              + " updaters. They take a quarter of the steps.")
  private Rival rival;

  @Override
  public Integer call() {
    boolean init = workload.equals(INIT) || workload.startsWith(INIT + ":");
    String label = init ? workload.substring(INIT.length()).replaceFirst("^:", "") : workload;
    Task task = init && label.isEmpty() ? Task.MLP : task(label);
    Contender contender = Contender.of(engine);
    if (init) {
      init(contender, task);
      return CommandLine.ExitCode.OK;
    }
    int steps = atLeast(1, iterations == null ? task.iterations() : iterations, "ITERS");
    int before = atLeast(0, warmup == null ? task.warmup() : warmup, "WARMUP");
    Timing own = measure(contender, task, steps, before);
    if (rival != null) {
      for (Contender other : List.of(Contender.TANDEM_ON_SAMEDIFF, Contender.SAMEDIFF)) {
        if (other.takes(task) && other != contender) {
          Timing theirs =
              measure(other, task, ceilDiv(steps, RIVAL_SHARE), ceilDiv(before, RIVAL_SHARE));
          out()
              .printf(
                  Locale.ROOT,
                  "# %s is %.1f times as fast as %s on %s%n",
                  contender.label(),
                  theirs.median() / own.median(),
                  other.label(),
                  task.label());
        }
      }
    }
    out().flush();
    return CommandLine.ExitCode.OK;
  }

  private void init(Contender contender, Task task) {
    try (Workload steps = contender.make(task)) {
      steps.step(0);
      out()
          .printf(
              Locale.ROOT,
              "%s init:%s %.3f s%n",
              contender.label(),
              task.label(),
              Machine.uptime());
      out().flush();
    }
  }

  private Timing measure(Contender contender, Task task, int steps, int before) {
    try (Workload made = contender.make(task)) {
      String label = contender.label() + " " + task.label();
      return new Measurement(label, made, out()).run(steps, before);
    }
  }

  private Task task(String label) {
    return Task.of(label)
        .orElseThrow(
            () -> wrong("there is no workload \"" + label + "\"; there are " + Task.labels()));
  }

  private int atLeast(int least, int value, String name) {
    if (value < least) {
      throw wrong(name + " is not at least " + least + ": " + value);
    }
    return value;
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private static int ceilDiv(int a, int b) {
    return (a + b - 1) / b;
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
