package dev.tandem.examples.gan;

import dev.tandem.examples.cli.AppCommand;
import dev.tandem.gan.config.Config;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * A command that lets workers of some kind train a preset: options and settings are those of {@code
 * gan}, and what it leaves in its folder is too, but for checkpoints.
 */
public abstract class WorkersCommand extends AppCommand {

  @Option(
      names = "--preset",
      paramLabel = "P",
      defaultValue = "dcgan",
      description = "What to train (${DEFAULT-VALUE}).")
  private String preset;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Train what a file says, in YAML or JSON, in place of a preset.")
  private @Nullable Path file;

  @Option(
      names = "--data",
      paramLabel = "DATA",
      description = "What to train it on (mnist); a folder has to be the same on all machines.")
  private @Nullable String data;

  @Mixin private DataOptions pictures;

  @Mixin private SettingOptions settings;

  @Option(
      names = "--log-every",
      paramLabel = "N",
      defaultValue = "50",
      description = "Rounds between two lines of metrics.jsonl (${DEFAULT-VALUE}).")
  private int logEvery;

  @Option(
      names = "--print",
      description = "Print all settings as the file that --config takes, and train nothing.")
  private boolean printed;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the files go, on the driver's machine (runs/gan/NAME-DATA).")
  private @Nullable Path out;

  /**
   * Trains.
   *
   * @param config all settings of the run; workers read the data themselves
   * @param folder of this machine for what they tell
   * @param logEvery rounds between two lines of numbers
   */
  protected abstract void train(Config config, Path folder, int logEvery);

  @Override
  protected final void run() {
    if (file != null && isGiven("--preset")) {
      throw wrong("--config says what to train, so --preset has no place beside it");
    }
    requireAtLeastOne("--log-every", logEvery);
    Config asked = argument(this::asked);
    if (asked.workers().where().isPresent()) {
      throw wrong(
          "--workers are threads or cards of one machine, and here others are the workers; leave it"
              + " out, or say --workers none");
    }
    Path folder = out == null ? folder(asked) : out;
    Config config;
    try (PictureReading reading =
        PictureReading.forOnce(pictures.cache(), !PictureReading.translates(asked), out())) {
      GanData source = argument(() -> GanData.named(asked.data(), PlannedRun.seed(asked), reading));
      config = argument(() -> PlannedRun.settings(asked, settings, source, isGiven("--batch")));
      if (printed) {
        out().print(config.text());
        return;
      }
      PlannedRun planned = argument(() -> PlannedRun.of(source, config, reading));
      new StartBlock(planned).lines().forEach(out()::println);
    }
    out().flush();
    train(config, folder, logEvery);
  }

  private Config asked() {
    Config config = file != null ? Config.read(file) : Config.preset(preset);
    if (data != null) {
      config = config.set("data.name", RunRecord.quoted(data), "--data " + data);
    }
    return settings.ofData(pictures.all(config));
  }

  private static Path folder(Config config) {
    Path name = Path.of(config.data().name()).getFileName();
    return Path.of("runs", "gan", config.name() + "-" + name);
  }
}
