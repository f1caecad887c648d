package dev.tandem.examples.bench;

import dev.tandem.core.engine.PlanEngine;
import dev.tandem.core.op.Engine;
import dev.tandem.examples.bench.measure.Task;
import dev.tandem.examples.bench.measure.Workload;
import dev.tandem.examples.bench.memory.MemoryRun;
import dev.tandem.examples.bench.peers.PeerRun;
import dev.tandem.examples.bench.profile.ProfileRun;
import dev.tandem.examples.bench.scale.ScaleRun;
import dev.tandem.examples.bench.systems.Contender;
import dev.tandem.examples.cli.AppCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures training steps. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    customSynopsis = {
      "tandem bench [--engine=E] [--against=RIVAL] WORKLOAD [ITERS] [WARMUP]",
      "       tandem bench --peers [OPTIONS] [WORKLOAD...]",
      "       tandem bench --scale [dcgan28] [ITERS] [WARMUP]",
      "       tandem bench --memory [--engine=E] [WORKLOAD] [STEPS]",
      "       tandem bench --profile [WORKLOAD] [RUNS]"
    },
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
public final class BenchCommand extends AppCommand {

  private static final int SCALE_ITERATIONS = 10;
  private static final int SCALE_WARMUP = 5;
  private static final int MEMORY_STEPS = 10_000;
  private static final int PROFILE_RUNS = 10;

  /** What to measure, if not one workload. */
  static final class Mode {

    @ArgGroup(exclusive = false, heading = "%nComparing with other systems:%n")
    private @Nullable PeerOptions peers;

    @Option(
        names = "--scale",
        description =
            "Measure dcgan28's nets with batches of 16 to 512, widths ×1 to ×8 and depths ×1 to ×4:"
                + " time per sample and peak memory, beside the arithmetic.")
    private boolean scale;

    @Option(
        names = "--memory",
        description =
            "Take many steps (ring and 10,000 unless said otherwise) and print what they allocate on"
                + " the heap, the live heap, and the memory outside the heap.")
    private boolean memory;

    @Option(
        names = "--profile",
        description =
            "Time every kernel of a step (dcgan28 and 10 runs unless said otherwise): its layer, its"
                + " share of the step, and its GFLOP/s beside the rate of a matrix product.")
    private boolean profile;
  }

  @Parameters(
      paramLabel = "WORKLOAD",
      arity = "0..*",
      description = {
        "WORKLOAD: mlp, ring, dcgan28, dcgan32 or wgangp28; with init: before it (or init for"
            + " init:mlp), only the time to the first step.",
        "ITERS: measured steps (300 for mlp and ring, else 50).",
        "WARMUP: steps before them (200 for mlp and ring, else 10)."
      })
  private List<String> words = new ArrayList<>();

  @Option(
      names = "--engine",
      converter = EngineName.class,
      paramLabel = "ENGINE",
      description = "What runs the steps: cpu (default), or samediff for SameDiff's own session.")
  private @Nullable Engine engine;

  @Option(
      names = "--against",
      paramLabel = "RIVAL",
      description =
          "samediff: in the same run, also take the same trainers' steps in SameDiff's session, and"
              + " (mlp, ring, dcgan28) those of plain SameDiff code with calculateGradients and"
              + " updaters. They take a quarter of the steps. trainer: in turns with each step, a"
              + " round of gan's trainer on the same nets (not mlp).")
  private @Nullable Rival rival;

  @ArgGroup private @Nullable Mode mode;

  @Override
  protected void run() {
    Words all = new Words(words, message -> wrong(message));
    if (mode == null) {
      SingleRun.on(engine(), out()).run(all, rival);
      return;
    }
    if (rival != null) {
      throw wrong(
          "--against goes with a single workload, not with --peers, --scale, --memory or --profile");
    }
    if (mode.memory) {
      memory(all);
      return;
    }
    if (mode.profile && engine == null) {
      profile(all);
      return;
    }
    if (engine != null) {
      throw wrong(
          "--engine goes with a single workload or --memory, not with --peers, --scale or --profile");
    }
    boolean complete =
        mode.scale
            ? scale(all).run()
            : PeerRun.of(Objects.requireNonNull(mode.peers).plan(all), out()).run();
    if (!complete) {
      markFailed();
    }
  }

  private Engine engine() {
    return engine == null ? new PlanEngine() : engine;
  }

  private ScaleRun scale(Words all) {
    if (!all.all().isEmpty() && all.task(all.all().get(0)) != Task.DCGAN28) {
      throw wrong("--scale knows no larger nets of " + all.all().get(0) + ", only of dcgan28");
    }
    int iterations = all.number(1, "ITERS", 1, SCALE_ITERATIONS);
    int warmup = all.number(2, "WARMUP", 0, SCALE_WARMUP);
    all.atMost(3);
    return new ScaleRun(iterations, warmup, out());
  }

  private void profile(Words all) {
    Task task = all.all().isEmpty() ? Task.DCGAN28 : all.task(all.all().get(0));
    int runs = all.number(1, "RUNS", 1, PROFILE_RUNS);
    all.atMost(2);
    new ProfileRun(task, runs, out()).run();
  }

  private void memory(Words all) {
    Task task = all.all().isEmpty() ? Task.RING : all.task(all.all().get(0));
    int steps = all.number(1, "STEPS", 1, MEMORY_STEPS);
    all.atMost(2);
    Contender contender = Contender.of(engine());
    try (Workload workload = contender.make(task)) {
      new MemoryRun(contender.label() + " " + task.label(), steps, out()).run(workload);
    }
  }
}
