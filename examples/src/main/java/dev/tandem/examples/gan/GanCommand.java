package dev.tandem.examples.gan;

import dev.tandem.core.engine.PlanEngine;
import dev.tandem.core.op.Engine;
import dev.tandem.core.worker.ThreadWorkers;
import dev.tandem.core.worker.Workers;
import dev.tandem.examples.cli.AppCommand;
import dev.tandem.examples.cli.DeviceChoice;
import dev.tandem.examples.cli.Interruption;
import dev.tandem.examples.cli.RunFolder;
import dev.tandem.examples.doctor.Environment;
import dev.tandem.gan.config.Config;
import dev.tandem.gan.train.RoundMemory;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains a preset on data. */
@Command(
    name = "gan",
    mixinStandardHelpOptions = true,
    description = "Train a preset of gan on digits, points of a mixture, or a folder of pictures.",
    footer = {
      "",
      "Presets: dcgan, wgan-gp, sngan, r3gan, pacgan2, pacgan4; told classes: cgan, acgan; finding"
          + " classes: infogan; translating images: pix2pix, cyclegan.",
      "",
      "Data: mnist, fashion-mnist (30 MB, fetched at the first use), stacked-mnist (three digits in"
          + " three channels), the mixtures ring8-pacgan, grid25-pacgan, ring8-unrolled,"
          + " ring8-d2gan, ring8-wgangp, grid25-wgangp, grid25-bourgan and ring10-presgan; a folder"
          + " of pictures of any sizes, PNG, JPEG, WebP, GIF, BMP or TIFF files at any depth, whose"
          + " folders are classes if all lie in folders; or a file of images: NumPy's npy and npz,"
          + " CIFAR in binary form or as its .tar.gz, IDX. Nets are there for squares whose side is"
          + " 4 to 7 times 4, 8, 16 and so on, as 28, 32, 40, 64 or 128 pixels, for pix2pix and"
          + " cyclegan for other sizes too. pix2pix learns to make images of their edges, cyclegan"
          + " to invert and turn them and back; or either one what --to says.",
      "",
      "Leaves in DIR: pictures of samples from fixed noise (a row has a column for each class, if"
          + " there are classes) or of input, output and target, the last of them also as"
          + " samples.png, an animation, the last checkpoints, the trained generator, numbers,"
          + " words, and config.yaml, which --config takes. docs/settings.md explains its keys,"
          + " docs/runs.md the files. Ctrl-C ends a run in order; a second one at once."
    })
public final class GanCommand extends AppCommand {

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

  @Option(names = "--data", paramLabel = "DATA", description = "What to train it on (mnist).")
  private @Nullable String data;

  @Option(
      names = "--to",
      paramLabel = "DATA",
      description =
          "What pix2pix or cyclegan makes of them: for pix2pix as many images, in their order; of"
              + " two folders those of the same names, whatever the endings.")
  private @Nullable String to;

  @Mixin private DataOptions pictures;

  @Mixin private SettingOptions settings;

  @Mixin private RunOptions keeping;

  @Option(
      names = "--print",
      description = "Print all settings as the file that --config takes, and train nothing.")
  private boolean printed;

  @Option(
      names = "--dry-run",
      description = "Print data, settings and nets, and train and write nothing.")
  private boolean dry;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the files go (runs/gan/NAME-DATA, or where a resumed run lies).")
  private @Nullable Path out;

  @Option(
      names = "--resume",
      paramLabel = "DIR",
      description =
          "Go on from the last checkpoint of a run, with its settings. Rates, weights of losses and"
              + " penalties, batch, average, budget, checkpoints and device may be others.")
  private @Nullable Path resume;

  @Override
  protected void run() {
    if (file != null && isGiven("--preset")) {
      throw wrong("--config says what to train, so --preset has no place beside it");
    }
    Optional<Config> before = resume == null ? Optional.empty() : RunRecord.in(resume);
    before
        .filter(old -> isGiven("--preset"))
        .ifPresent(old -> RunChanges.requireSameName(resume, old, preset));
    Config asked = argument(() -> asked(before));
    before.ifPresent(old -> RunChanges.requireSameData(resume, old, asked));
    if (resume == null && !printed && !dry) {
      GanRun.requireNew(directory(asked));
    }
    Path directory = directory(asked);
    boolean isNew = resume == null && !Files.exists(directory);
    try (PictureReading reading = reading(asked, directory)) {
      run(before, asked, directory, reading);
    } catch (RuntimeException e) {
      if (isNew && !printed && !dry) {
        RunFolder.discardUnused(directory);
      }
      throw e;
    }
  }

  /** What the run of before, the file or the preset says, of the data that the options name. */
  private Config asked(Optional<Config> before) {
    Config config =
        file != null ? Config.read(file) : before.orElseGet(() -> Config.preset(preset));
    if (data != null) {
      config = config.set("data.name", RunRecord.quoted(data), "--data " + data);
    }
    if (to != null) {
      config = config.set("data.to", RunRecord.quoted(to), "--to " + to);
    }
    return settings.ofData(pictures.all(config));
  }

  private Path directory(Config config) {
    if (out != null || resume != null) {
      return out == null ? Objects.requireNonNull(resume) : out;
    }
    Path name = Path.of(config.data().name()).getFileName();
    return Path.of("runs", "gan", config.name() + "-" + name);
  }

  private PictureReading reading(Config config, Path directory) {
    boolean squares = !PictureReading.translates(config);
    return printed || dry
        ? PictureReading.forOnce(pictures.cache(), squares, out())
        : PictureReading.keeping(pictures.cache().orElse(directory), squares, out());
  }

  private void run(Optional<Config> before, Config asked, Path directory, PictureReading reading) {
    GanData source = argument(() -> GanData.named(asked.data(), PlannedRun.seed(asked), reading));
    Config config =
        argument(() -> onCards(PlannedRun.settings(asked, settings, source, isGiven("--batch"))));
    if (printed) {
      out().print(config.text());
      return;
    }
    PlannedRun planned = argument(() -> PlannedRun.of(source, config, reading));
    before.ifPresent(
        old ->
            RunChanges.requireSound(
                resume,
                argument(() -> old.resolved(source.sample(), source.labelledClasses())),
                config));
    ThreadWorkers workers = argument(() -> DeviceChoice.threads(config.workers()));
    Engine engine = dry || !config.workers().isOnCards() ? engine(config) : new PlanEngine();
    if (dry) {
      DryRun.print(planned, engine, out());
      return;
    }
    StartBlock block = new StartBlock(planned);
    block.lines().forEach(out()::println);
    out().flush();
    if (config.workers().count() == 1 && !config.workers().isOnCards()) {
      lead(planned, engine, Workers.alone(), directory, block);
      return;
    }
    workers.run(
        worker -> {
          if (worker.rank() == 0) {
            lead(planned, engine, worker, directory, block);
          } else {
            Engine own =
                config.workers().isOnCards()
                    ? engine
                    : DeviceChoice.asked(config.device()).engine();
            Follower.train(planned, own, worker, resume);
          }
        });
  }

  /** Workers with a card each run on it, whatever device is the default. */
  private Config onCards(Config config) {
    if (!config.workers().isOnCards()) {
      return config;
    }
    String where = config.workers().where().orElseThrow();
    if (isGiven("--device") && !config.device().equals(DeviceChoice.CUDA)) {
      throw new IllegalArgumentException(
          "--workers "
              + where
              + " gives each worker a card, and --device is "
              + config.device()
              + "; leave one of them out, or take local:"
              + config.workers().count());
    }
    return config.set("device", DeviceChoice.CUDA, "--workers " + where);
  }

  private void lead(
      PlannedRun planned, Engine engine, Workers worker, Path directory, StartBlock block) {
    try (GanRun run = open(planned, engine, worker, directory)) {
      begin(run, planned, block);
      train(run, planned);
    }
  }

  private Engine engine(Config config) {
    DeviceChoice choice = argument(() -> DeviceChoice.asked(config.device()));
    int workers = config.workers().count();
    if (workers > 1 && choice.name().equals(DeviceChoice.CUDA) && !config.workers().isOnCards()) {
      throw wrong(
          workers
              + " workers would share one card, which one of them fills by itself; take --workers"
              + " cards:"
              + workers
              + " for a card each, leave --workers out, or take --device cpu");
    }
    if (DeviceChoice.isAuto(config.device())) {
      out().println("device      " + choice);
    }
    return choice.engine();
  }

  private GanRun open(PlannedRun planned, Engine engine, Workers worker, Path directory) {
    return resume == null
        ? GanRun.start(planned, engine, worker, directory)
        : GanRun.resume(planned, engine, worker, resume, directory);
  }

  /** Says what it is, and on what, here and in the files of the run. */
  private void begin(GanRun run, PlannedRun planned, StartBlock block) {
    long rounds = planned.config().budget().rounds();
    if (run.done() >= rounds) {
      throw wrong(
          "--steps counts those before the resume too, and "
              + run.done()
              + " were done: "
              + rounds);
    }
    block.lines().forEach(run::note);
    PrintWriter print = run.beside(out());
    RoundMemory memory = run.trainer().prepare();
    print.println(StartBlock.memory(memory));
    run.trainer().changes().stream()
        .filter(change -> change.round() == run.done())
        .forEach(change -> print.println("changed     " + change));
    Environment.add(
        run.directory().resolve("environment.json"),
        planned.config().device(),
        arguments(),
        run.done(),
        block.facts(memory));
  }

  private void train(GanRun run, PlannedRun planned) {
    PrintWriter print = run.beside(out());
    RunReport report = new RunReport(print);
    long before = run.done();
    long begin = System.nanoTime();
    planned
        .config()
        .budget()
        .minutes()
        .ifPresent(minutes -> run.trainer().with(new TimeLimit(minutes)));
    try (Judgment judgment = new Judgment(planned.data(), planned.lens(), planned.seed());
        Interruption interruption =
            Interruption.listening(
                signal ->
                    print.println(
                        signal
                            + ": ends after this step, with a checkpoint; once more ends at"
                            + " once"))) {
      GanRun.Result result = run.train(keeping, judgment, interruption, print);
      report.done(run, result, before, (System.nanoTime() - begin) / 1e9);
      if (interruption.exitCode().isPresent()) {
        report.interrupted(run);
        endWith(interruption.exitCode().getAsInt());
      } else {
        report.judged(run, planned, judgment);
      }
    }
  }
}
