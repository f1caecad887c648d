package dev.tandem.examples.gan;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.op.Engine;
import dev.tandem.examples.cli.AppCommand;
import dev.tandem.examples.cli.DeviceChoice;
import dev.tandem.examples.cli.Interruption;
import dev.tandem.examples.doctor.Environment;
import dev.tandem.gan.config.Budget;
import dev.tandem.gan.config.Config;
import dev.tandem.gan.train.AdversarialTraining;
import dev.tandem.gan.train.Counters;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
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
    try (PictureReading reading = reading(asked)) {
      run(before, asked, reading);
    }
  }

  private void run(Optional<Config> before, Config asked, PictureReading reading) {
    GanData source = argument(() -> GanData.named(asked.data(), seed(asked), reading));
    Config config = argument(() -> whole(asked, source));
    if (printed) {
      out().print(config.text());
      return;
    }
    AdversarialTraining recipe =
        argument(() -> config.recipe(source.sample(), source.labelledClasses()));
    GanData found = argument(() -> fitting(source, config, recipe, reading));
    before.ifPresent(
        old ->
            RunChanges.requireSound(
                resume,
                argument(() -> old.resolved(source.sample(), source.labelledClasses())),
                config));
    if (dry) {
      new DryRun(found, config, recipe).print(out());
      return;
    }
    Engine engine = engine(config);
    print(found, recipe, config);
    try (GanRun run = open(recipe.engine(engine), found, config)) {
      train(run, found, config);
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

  private PictureReading reading(Config config) {
    boolean squares = !PictureReading.translates(config);
    return printed || dry
        ? PictureReading.forOnce(pictures.cache(), squares, out())
        : PictureReading.keeping(pictures.cache().orElse(directory(config)), squares, out());
  }

  private Config whole(Config asked, GanData source) {
    Config whole = asked.resolved(source.sample(), source.labelledClasses());
    Config config = settings.all(whole).resolved(source.sample(), source.labelledClasses());
    OptionalInt batch =
        source.smallerBatch(config.recipe(source.sample(), source.labelledClasses()));
    return batch.isEmpty() || isGiven("--batch") || !asked.get("batch").equals("none")
        ? config
        : config.set("batch", Integer.toString(batch.getAsInt()), "few pictures");
  }

  /** The data for a recipe: with what is made of it, if the recipe translates. */
  private GanData fitting(
      GanData source, Config config, AdversarialTraining recipe, PictureReading reading) {
    Optional<GanData> other =
        config
            .data()
            .to()
            .map(name -> GanData.named(reading.like(source, name, config), seed(config), reading));
    GanData found = Domains.fitting(source, recipe.pair().conditioning(), config.name(), other);
    if (!config.data().augmentation().isNone() && found.domains().isPresent()) {
      throw new IllegalArgumentException(
          "--mirror and --augment-data are for presets that start from noise, and "
              + config.name()
              + " translates; leave it out");
    }
    found.requireFits(recipe, config.name());
    found.requireABatch(recipe);
    Judgment.require(found, atTheEnd(config));
    return found;
  }

  private static long seed(Config config) {
    return config.seed().orElse(1);
  }

  private Engine engine(Config config) {
    DeviceChoice choice = argument(() -> DeviceChoice.asked(config.device()));
    if (DeviceChoice.isAuto(config.device())) {
      out().println("device      " + choice);
    }
    return choice.engine();
  }

  private void print(GanData found, AdversarialTraining recipe, Config config) {
    out().println(found.summary());
    found.domains().ifPresent(domains -> out().println("translated  " + domains));
    out().println("preset      " + config.name() + ", batches of " + recipe.batch());
    NetCounts.of(recipe.pair()).forEach(net -> out().println("net         " + net));
    out().flush();
  }

  private void train(GanRun run, GanData found, Config config) {
    Budget budget = config.budget();
    long before = run.done();
    if (before >= budget.rounds()) {
      throw wrong(
          "--steps counts those before the resume too, and "
              + before
              + " were done: "
              + budget.rounds());
    }
    run.trainer().changes().stream()
        .filter(change -> change.round() == before)
        .forEach(change -> out().println("changed     " + change));
    Environment.add(
        run.directory().resolve("environment.json"), config.device(), arguments(), before);
    run.note(found.summary());
    PrintWriter print = run.beside(out());
    long begin = System.nanoTime();
    budget.minutes().ifPresent(minutes -> run.trainer().with(new TimeLimit(minutes)));
    try (Judgment judgment = new Judgment(found, seed(config));
        Interruption interruption =
            Interruption.listening(
                signal ->
                    print.println(
                        signal
                            + ": ends after this step, with a checkpoint; once more ends at"
                            + " once"))) {
      GanRun.Result result =
          run.train(config.name(), budget.rounds(), keeping, judgment, interruption, print);
      report(print, run, result, before, (System.nanoTime() - begin) / 1e9);
      if (interruption.exitCode().isPresent()) {
        print.println("interrupted; 'tandem gan --resume " + run.directory() + "' goes on");
        endWith(interruption.exitCode().getAsInt());
      } else {
        judge(print, run, found, judgment, config);
      }
    }
  }

  private static void judge(
      PrintWriter print, GanRun run, GanData found, Judgment judgment, Config config) {
    long seed = seed(config);
    Judgment.modes(run.trainer(), found, seed).ifPresent(print::println);
    for (AskedMetric metric : atTheEnd(config)) {
      print.println(judgment.measure(metric, run.trainer()));
    }
  }

  private static ImmutableList<AskedMetric> atTheEnd(Config config) {
    ImmutableList<AskedMetric> measured = AskedMetric.of(config.metrics());
    int fid = config.metrics().fid();
    return fid == 0
        ? measured
        : ImmutableList.<AskedMetric>builder()
            .addAll(measured)
            .add(AskedMetric.parse("fid:" + fid))
            .build();
  }

  private GanRun open(AdversarialTraining recipe, GanData found, Config config) {
    if (resume != null) {
      return GanRun.resume(recipe, found, config, resume, out == null ? resume : out);
    }
    return GanRun.start(recipe, found, config, directory(config));
  }

  private static void report(
      PrintWriter print, GanRun run, GanRun.Result result, long before, double seconds) {
    Counters counters = run.trainer().counters();
    long done = counters.rounds() - before;
    print.printf(
        Locale.ROOT,
        "%d steps in %.0f s, %.1f ms each, pictures included%n",
        done,
        seconds,
        1000 * seconds / Math.max(1, done));
    print.printf(
        Locale.ROOT,
        "%srounds=%d steps_of_d=%d steps_of_g=%d penalty_steps=%d images=%d%n",
        result
            .last()
            .map(
                round ->
                    String.format(
                        Locale.ROOT,
                        "loss of D %.3f, of G %.3f; ",
                        round.discriminatorLoss(),
                        round.generatorLoss()))
            .orElse(""),
        counters.rounds(),
        counters.discriminatorSteps(),
        counters.generatorSteps(),
        counters.penaltySteps(),
        counters.images());
    print.println("samples     " + result.samples());
    print.println("progress    " + result.progress());
    print.println("generator   " + result.generator() + " (tandem sample)");
    print.println("checkpoint  " + result.checkpoint() + " (--resume)");
  }
}
