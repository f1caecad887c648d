package dev.tandem.examples.bench;

import dev.tandem.core.op.Precision;
import dev.tandem.examples.bench.compare.CompareRun;
import dev.tandem.examples.bench.measure.Task;
import dev.tandem.examples.bench.measure.Workload;
import dev.tandem.examples.bench.memory.MemoryRun;
import dev.tandem.examples.bench.peers.PeerPlan;
import dev.tandem.examples.bench.peers.PeerRun;
import dev.tandem.examples.bench.profile.ProfileRun;
import dev.tandem.examples.bench.scale.ScaleRun;
import dev.tandem.examples.bench.systems.Contender;
import dev.tandem.examples.cli.AppCommand;
import dev.tandem.examples.cli.DeviceChoice;
import dev.tandem.examples.cli.DeviceOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures training steps. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    customSynopsis = {
      "tandem bench [--device=DEVICE] [--precision=PRECISION] [--against=RIVAL] WORKLOAD [ITERS]"
          + " [WARMUP]",
      "       tandem bench --peers [OPTIONS] [WORKLOAD...]",
      "       tandem bench --scale [dcgan28] [ITERS] [WARMUP]",
      "       tandem bench --memory [--device=DEVICE] [WORKLOAD] [STEPS]",
      "       tandem bench --compare --device=DEVICE [WORKLOAD] [STEPS]",
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
  private static final int COMPARED_STEPS = 50;

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
            "Take many steps (ring and 10,000 unless said otherwise) and print what they allocate"
                + " on the heap, the live heap, and the memory outside the heap.")
    private boolean memory;

    @Option(
        names = "--profile",
        description =
            "Time every kernel of a step (dcgan28 and 10 runs unless said otherwise): its layer,"
                + " its share of the step, and its GFLOP/s beside the rate of a matrix product.")
    private boolean profile;

    @Option(
        names = "--compare",
        description =
            "Take the same steps on the CPU and on --device (ring and 50 unless said otherwise),"
                + " print the losses of both, and the largest relative difference.")
    private boolean compare;
  }

  @Parameters(
      paramLabel = "WORKLOAD",
      arity = "0..*",
      description = {
        "WORKLOAD: mlp, ring, dcgan28, dcgan32, wgangp28, dcgan64 (meant for a card: seconds a step"
            + " and some GB on a processor, so --peers leaves it out there), lstm, siamese,"
            + " transformer, or predictions: predict-generator28-1, predict-generator28-32,"
            + " predict-resnet20-1, predict-resnet20-32 (predict is all four for --peers); with"
            + " init: before it (or init for init:mlp), only the time to the first step.",
        "ITERS: measured steps (300 for mlp and ring, up to 1,000 for predictions, else 30 to"
            + " 100).",
        "WARMUP: steps before them (200 for mlp and ring, up to 300 for predictions, else 5 to 30)."
      })
  private List<String> words = new ArrayList<>();

  @Mixin private DeviceOption device;

  @Option(
      names = "--precision",
      paramLabel = "PRECISION",
      defaultValue = "float32",
      description =
          "What products and convolutions multiply: float32 (default), bf16 on processors with"
              + " avx512_bf16 or amx_bf16 and on cards, tf32 on cards. A single workload's.")
  private String precision;

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
    if (isGiven("--precision") && (mode != null || rival != null)) {
      throw wrong("--precision goes with a single workload alone, not with --against or a mode");
    }
    if (mode == null) {
      Contender contender = contender();
      new SingleRun(contender, precision(contender), out()).run(all, rival);
      return;
    }
    if (rival != null) {
      throw wrong(
          "--against goes with a single workload, not with --peers, --scale, --memory, --profile or"
              + " --compare");
    }
    if (mode.memory) {
      memory(all);
    } else if (mode.compare) {
      compare(all);
    } else if (mode.peers != null) {
      fail(!PeerRun.of(peers(mode.peers, all), out()).run());
    } else if (isGiven("--device")) {
      throw wrong(
          "--device goes with a single workload, --peers, --memory or --compare, not with --scale"
              + " or --profile");
    } else if (mode.scale) {
      fail(!scale(all).run());
    } else if (mode.profile) {
      profile(all);
    }
  }

  private void fail(boolean incomplete) {
    if (incomplete) {
      markFailed();
    }
  }

  /** This library on the device; a device that cannot be used is refused here. */
  private Contender contender() {
    DeviceChoice choice = device.choice();
    if (device.isAuto()) {
      out().println("# device " + choice);
    }
    return argument(() -> Contender.of(choice.name()));
  }

  /** The precision that is asked for; one that is not to be had here is refused. */
  private Precision precision(Contender contender) {
    return argument(
        () -> {
          Precision asked = Precision.named(precision);
          contender.require(asked);
          return asked;
        });
  }

  private PeerPlan peers(PeerOptions options, Words all) {
    if (!isGiven("--device")) {
      return options.plan(all, false); // this process computes nothing and loads nothing
    }
    Contender contender = contender();
    if (contender == Contender.TANDEM_ON_SAMEDIFF) {
      throw wrong("--peers measures SameDiff's session beside the CPU; leave --device out");
    }
    return options.plan(all, contender == Contender.TANDEM_ON_CUDA);
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
    if (task.predicts()) {
      throw wrong(
          "--profile times the kernels of training steps, and " + task.label() + " has none");
    }
    all.atMost(2);
    new ProfileRun(task, runs, out()).run();
  }

  private void memory(Words all) {
    Task task = all.all().isEmpty() ? Task.RING : all.task(all.all().get(0));
    int steps = all.number(1, "STEPS", 1, MEMORY_STEPS);
    all.atMost(2);
    Contender contender = contender();
    try (Workload workload = contender.make(task)) {
      new MemoryRun(contender.label() + " " + task.label(), steps, out()).run(workload);
    }
  }

  private void compare(Words all) {
    Task task = all.all().isEmpty() ? Task.RING : all.task(all.all().get(0));
    int steps = all.number(1, "STEPS", 1, COMPARED_STEPS);
    all.atMost(2);
    Contender contender = contender();
    if (contender == Contender.TANDEM) {
      throw wrong("--compare holds another device against the CPU; give --device cuda or samediff");
    }
    fail(!new CompareRun(task, contender, steps, out()).run());
  }
}
