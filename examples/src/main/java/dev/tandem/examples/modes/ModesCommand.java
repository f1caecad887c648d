package dev.tandem.examples.modes;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.op.Engine;
import dev.tandem.examples.cli.AppCommand;
import dev.tandem.examples.cli.DeviceChoice;
import dev.tandem.examples.cli.DeviceOption;
import dev.tandem.examples.cli.RunFolder;
import dev.tandem.gan.config.WorkerSettings;
import dev.tandem.gan.preset.Preset;
import dev.tandem.gan.preset.Presets;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Counts the modes that a preset finds. */
@Command(
    name = "modes",
    mixinStandardHelpOptions = true,
    description = "Train a preset on data of known modes, seed by seed, and count those it finds.",
    footer = {
      "",
      "Protocols: ring8-pacgan, grid25-pacgan, ring8-unrolled, ring8-d2gan, ring8-wgangp,"
          + " grid25-wgangp, grid25-bourgan and ring10-presgan, of 2,500 points; and"
          + " stacked-mnist-unrolled, of 25,600 images, where dcgan, pacgan2 and pacgan4 have the"
          + " protocol's small nets.",
      "",
      "A line has the modes with at least one sample near, the share of samples near a mode in"
          + " percent (hq, 100 for images), the reverse KL divergence of the modes (rkl), what of"
          + " it a perfect sampler would not have (rkl_over_floor), rounds, and seconds of"
          + " training; the last line has means and standard errors over seeds.",
      "",
      "Leaves a picture for each seed in DIR: points over real ones, or a grid of images."
    })
public final class ModesCommand extends AppCommand {

  private static final int STEPS = 6_000;

  @Parameters(paramLabel = "PROTOCOL", description = "The data and the measure.")
  private String protocol;

  @Option(
      names = "--preset",
      paramLabel = "P",
      defaultValue = "r3gan",
      description = "What to train, as for 'tandem gan' (${DEFAULT-VALUE}).")
  private String preset;

  @Option(
      names = "--seeds",
      paramLabel = "K",
      defaultValue = "1",
      description = "How many runs, with seeds from 1 (${DEFAULT-VALUE}).")
  private int seeds;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "" + STEPS,
      description = "Rounds of each run (${DEFAULT-VALUE}).")
  private int steps;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Samples, or packs of them, of a worker in a step (those of the preset).")
  private @Nullable Integer batch;

  @Option(
      names = "--workers",
      paramLabel = "W",
      description =
          "Who trains together: local:N for N threads of this process, cards:N for N cards.")
  private @Nullable String workers;

  @Option(
      names = "--averaging",
      paramLabel = "K",
      description = "Rounds from one mean of the workers' weights to the next (none: gradients).")
  private @Nullable Integer averaging;

  @Mixin private DeviceOption device;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "runs/modes",
      description = "Where the pictures go (${DEFAULT-VALUE}).")
  private Path directory;

  @Override
  protected void run() {
    requireAtLeastOne("--seeds", seeds);
    requireAtLeastOne("--steps", steps);
    Preset chosen = argument(() -> Presets.named(preset));
    Protocol measured = argument(() -> Protocol.named(protocol, chosen));
    if (batch != null) {
      requireAtLeastOne("--batch", batch);
    }
    WorkerSettings together = argument(this::workers);
    argument(() -> DeviceChoice.threads(together));
    Engine engine = device.engine(out()::println);
    try (RunFolder folder = RunFolder.open(directory)) {
      run(measured, chosen, together, engine, folder.path());
    }
  }

  private WorkerSettings workers() {
    WorkerSettings asked =
        new WorkerSettings(
            Optional.ofNullable(workers),
            averaging == null ? OptionalInt.empty() : OptionalInt.of(averaging));
    int every = asked.exchange().every();
    if (steps % every != 0) {
      throw new IllegalArgumentException(
          "--steps "
              + steps
              + " ends between two means of weights, which are taken every "
              + every);
    }
    return asked;
  }

  private void run(
      Protocol measured, Preset chosen, WorkerSettings together, Engine engine, Path folder) {
    PrintWriter out = out();
    OptionalInt samples = batch == null ? OptionalInt.empty() : OptionalInt.of(batch);
    ModesRun run = new ModesRun(measured, chosen, samples, steps, together, engine, folder);
    ImmutableList.Builder<SeedResult> results = ImmutableList.builder();
    for (int seed = 1; seed <= seeds; seed++) {
      SeedResult result = run.run(seed);
      out.println(result);
      out.flush();
      results.add(result);
    }
    out.println(new Summary(results.build()));
  }
}
