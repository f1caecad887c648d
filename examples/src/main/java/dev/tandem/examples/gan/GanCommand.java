package dev.tandem.examples.gan;

import dev.tandem.core.data.DataFileException;
import dev.tandem.core.op.Engine;
import dev.tandem.examples.cli.AppCommand;
import dev.tandem.examples.cli.DeviceOption;
import dev.tandem.examples.cli.SeedOption;
import dev.tandem.gan.preset.Preset;
import dev.tandem.gan.preset.Presets;
import dev.tandem.gan.train.AdversarialTraining;
import dev.tandem.gan.train.Counters;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
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
          + " ring8-d2gan, ring8-wgangp, grid25-wgangp, grid25-bourgan and ring10-presgan, or a"
          + " folder of pictures of one size: PNG, JPEG, WebP, GIF, BMP or TIFF files, squares"
          + " whose side is 4 to 7 times 4, 8, 16 and so on, as 28, 32, 40, 64 or 128 pixels, for"
          + " pix2pix and cyclegan of other sizes and sides too. pix2pix learns to make images of"
          + " their edges, cyclegan to invert and turn them and back; or either one what --to"
          + " says.",
      "",
      "All pictures are in memory, as float32. Where that is too little, JAVA_OPTS gives more, as"
          + " in JAVA_OPTS='-Dorg.bytedeco.javacpp.maxbytes=16g"
          + " -Dorg.bytedeco.javacpp.maxphysicalbytes=20g'.",
      "",
      "Leaves in DIR: pictures of samples from fixed noise (a row has a column for each class, if"
          + " there are classes) or of input, output and target, the last of them also as"
          + " samples.png, an animation, and the last two checkpoints."
    })
public final class GanCommand extends AppCommand {

  private static final int STEPS = 5000;

  @Option(
      names = "--preset",
      paramLabel = "P",
      defaultValue = "dcgan",
      description = "What to train (${DEFAULT-VALUE}).")
  private String preset;

  @Option(
      names = "--data",
      paramLabel = "DATA",
      defaultValue = "mnist",
      description = "What to train it on (${DEFAULT-VALUE}).")
  private String data;

  @Option(
      names = "--to",
      paramLabel = "DATA",
      description =
          "What pix2pix or cyclegan makes of them: for pix2pix as many images, in their order; of"
              + " two folders those of the same names, whatever the endings.")
  private @Nullable String to;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "" + STEPS,
      description = "Rounds of both sides, those before a resume included (${DEFAULT-VALUE}).")
  private int steps;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Samples, or packs of them, in a step (that of the preset, mostly 64).")
  private @Nullable Integer batch;

  @Option(
      names = "--minutes",
      paramLabel = "M",
      description = "Stop after M minutes, if the rounds are not done by then.")
  private @Nullable Double minutes;

  @Mixin private SeedOption seed;

  @Mixin private DeviceOption device;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the files go (runs/gan/PRESET-DATA, or where a resumed run lies).")
  private @Nullable Path out;

  @Option(
      names = "--resume",
      paramLabel = "DIR",
      description =
          "Go on from the last checkpoint of an earlier run; preset, data and seed are its own.")
  private @Nullable Path resume;

  @Option(
      names = "--fid",
      paramLabel = "N",
      defaultValue = "0",
      description = "At the end, FID of N samples (images of 28 x 28 in gray; 0 for none).")
  private int fid;

  @Override
  protected void run() {
    requireAtLeastOne("--steps", steps);
    if (batch != null) {
      requireAtLeastOne("--batch", batch);
    }
    if (minutes != null && !(minutes > 0)) {
      throw wrong("--minutes is not above 0: " + minutes);
    }
    RunRecord asked = asked();
    Preset chosen = argument(() -> Presets.named(asked.preset()));
    GanData found =
        argument(
            () ->
                Domains.fitting(
                    GanData.named(asked.data(), asked.seed()),
                    chosen,
                    asked.to().isEmpty()
                        ? Optional.empty()
                        : Optional.of(GanData.named(asked.to(), asked.seed()))));
    AdversarialTraining recipe = argument(() -> recipe(found, chosen, asked));
    if (fid != 0) {
      argument(
          () -> {
            Judgment.requireFidOf(found, fid);
            return fid;
          });
    }
    Engine engine = device.engine(out()::println);
    print(found, recipe, asked);
    try (GanRun run = open(recipe.engine(engine), found, asked)) {
      if (run.done() >= steps) {
        throw wrong(
            "--steps counts those before the resume too, and "
                + run.done()
                + " were done: "
                + steps);
      }
      long before = run.done();
      long begin = System.nanoTime();
      if (minutes != null) {
        run.trainer().with(new TimeLimit(minutes));
      }
      GanRun.Result result = run.train(asked.preset(), steps, out());
      report(run, found, result, asked.seed(), before, (System.nanoTime() - begin) / 1e9);
    }
  }

  private AdversarialTraining recipe(GanData found, Preset chosen, RunRecord asked) {
    AdversarialTraining recipe = found.recipe(chosen, asked.seed());
    recipe = batch == null ? recipe : recipe.batch(batch);
    found.requireABatch(recipe);
    return recipe;
  }

  private void print(GanData found, AdversarialTraining recipe, RunRecord asked) {
    out().println(found.summary());
    found.domains().ifPresent(domains -> out().println("translated  " + domains));
    out().println("preset      " + asked.preset() + ", batches of " + recipe.batch());
    out().flush();
  }

  /** What the options ask for; for a resumed run what it was asked for, if it says. */
  private RunRecord asked() {
    RunRecord given = new RunRecord(preset, data, to == null ? "" : to, seed.value());
    Optional<RunRecord> before = resume == null ? Optional.empty() : RunRecord.in(resume);
    if (before.isEmpty()) {
      return given;
    }
    RunRecord old = before.get();
    RunRecord asked =
        new RunRecord(
            isGiven("--preset") ? given.preset() : old.preset(),
            isGiven("--data") ? given.data() : old.data(),
            isGiven("--to") ? given.to() : old.to(),
            isGiven("--seed") ? given.seed() : old.seed());
    List<String> others = old.others(asked);
    if (!others.isEmpty()) {
      throw new DataFileException(
          String.valueOf(resume),
          "is a run of "
              + old
              + "; "
              + String.join(" ", others)
              + " would make another one of it. Leave that out, or start a new run");
    }
    return asked;
  }

  private GanRun open(AdversarialTraining recipe, GanData found, RunRecord asked) {
    if (resume != null) {
      return GanRun.resume(recipe, found, asked, resume, out == null ? resume : out);
    }
    Path name = Path.of(data).getFileName();
    Path usual = Path.of("runs", "gan", preset + "-" + name);
    return GanRun.start(recipe, found, asked, out == null ? usual : out);
  }

  private void report(
      GanRun run, GanData found, GanRun.Result result, long seedUsed, long before, double seconds) {
    PrintWriter print = out();
    Counters counters = result.counters();
    print.printf(
        Locale.ROOT,
        "%d steps in %.0f s, %.1f ms each, pictures included%n",
        counters.rounds() - before,
        seconds,
        1000 * seconds / (counters.rounds() - before));
    print.printf(
        Locale.ROOT,
        "loss of D %.3f, of G %.3f; rounds=%d steps_of_d=%d steps_of_g=%d penalty_steps=%d"
            + " images=%d%n",
        result.last().discriminatorLoss(),
        result.last().generatorLoss(),
        counters.rounds(),
        counters.discriminatorSteps(),
        counters.generatorSteps(),
        counters.penaltySteps(),
        counters.images());
    Judgment.modes(run.trainer(), found, seedUsed).ifPresent(print::println);
    if (fid != 0) {
      print.println(Judgment.fid(run.trainer(), found, fid, seedUsed));
    }
    print.println("samples     " + result.samples());
    print.println("progress    " + result.progress());
    print.println("checkpoint  " + result.checkpoint() + " (--resume)");
  }
}
