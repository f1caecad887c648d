package dev.tandem.examples.gan;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.data.Dataset;
import dev.tandem.core.io.ModelFile;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.core.tensor.Shape;
import dev.tandem.examples.Cli;
import dev.tandem.examples.cli.RunFolder;
import dev.tandem.gan.image.ImageGrid;
import dev.tandem.gan.preset.Preset;
import dev.tandem.gan.preset.Presets;
import dev.tandem.gan.train.AdversarialTrainer;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class GanCommandTest {

  @TempDir Path directory;

  /** Those that take points here: the others translate images. */
  static List<Preset> presets() {
    return Presets.all().stream()
        .filter(p -> !p.forSamples(Shape.of(2)).pair().conditioning().translates())
        .toList();
  }

  private Cli onRing(String preset, int steps, Path out, String... more) {
    List<String> arguments = new ArrayList<>(List.of("gan", "--preset", preset));
    arguments.addAll(List.of("--data", "ring8-pacgan", "--steps", Integer.toString(steps)));
    arguments.addAll(List.of("--out", out.toString()));
    arguments.addAll(List.of(more));
    return Cli.run(arguments.toArray(String[]::new));
  }

  @Test
  void command_onPoints_reportsAndLeavesItsFiles() throws IOException {
    Path out = directory.resolve("new/run");

    Cli cli = onRing("wgan-gp", 3, out);

    assertThat(cli.err()).isEmpty();
    assertThat(cli.exitCode()).isZero();
    assertThat(cli.out())
        .contains("step 3 of 3: loss of D ", "3 steps in ", " ms each")
        .contains("rounds=3 steps_of_d=15 steps_of_g=3 penalty_steps=0 images=960")
        .contains("ring8-pacgan modes=", "/8 hq=", " n=2500 seed=1");
    assertThat(out).isDirectoryContaining("glob:**step-000001.png");
    assertThat(out).isDirectoryContaining("glob:**progress.gif");
    assertThat(out.resolve("checkpoints/step-000000003")).isNotEmptyDirectory();
    BufferedImage picture = ImageIO.read(out.resolve("samples.png").toFile());
    assertThat(picture.getWidth()).isEqualTo(512);
    assertThat(picture.getRGB(0, 256) & 0xFFFFFF).isEqualTo(0xFFFFFF);
    // The mode at (1, 0), where the edge is at 1.25 · 1.043 or nearly so.
    assertThat(picture.getRGB(452, 255) & 0xFFFFFF).isNotEqualTo(0xFFFFFF);
  }

  @Test
  void command_withMetrics_leavesNumbersWordsAndTheBest() throws IOException {
    Path out = directory.resolve("run");

    Cli cli =
        onRing("r3gan", 4, out, "--metrics", "swd:50@2,fid", "--log-every", "3", "--tensorboard");

    assertThat(cli.err()).isEmpty();
    assertThat(cli.out()).contains("SWD ", " n=50 real=50 seed=1 in points", "FID ", " n=1000 ");
    assertThat(Files.readAllLines(out.resolve("metrics.jsonl")))
        .hasSize(3)
        .allSatisfy(line -> assertThat(line).contains("\"d_r1\":", "\"g_gradient_norm\":"))
        .last()
        .asString()
        .startsWith("{\"round\":4,")
        .contains("\"swd_points\":");
    assertThat(out.resolve("log.txt"))
        .content()
        .contains("ring8-pacgan: ", "round 2: SWD ", "step 4 of 4: ", "generator   " + out)
        .contains(cli.out().substring(cli.out().indexOf("data  "), cli.out().indexOf("step ")));
    assertThat(out.resolve("environment.json"))
        .content()
        .contains("--metrics swd:50@2,fid", "\"shape\" : \"(2,)\"", "\"generator_steps\" : ");
    assertThat(out.resolve("tensorboard")).isDirectoryContaining("glob:**/events.out.tfevents.*");
    try (Stream<Path> events = Files.list(out.resolve("tensorboard"))) {
      assertThat(Files.readString(events.findFirst().orElseThrow(), StandardCharsets.ISO_8859_1))
          .contains("d_r1", "swd_points", "samples", "_hparams_/session_end_info", "optimizer.");
    }
    assertThat(out.resolve("config.yaml")).content().contains("tensorboard: true");
    assertThat(out.resolve("best")).isNotEmptyDirectory();
    assertThat(out.resolve("generator.json")).content().contains("normal_");
    Model generator = ModelFile.load(out.resolve("generator"));
    assertThat(generator.inputs().keySet()).containsExactly("noise");
    assertThat(generator.outputs().keySet()).containsExactly("sample");
  }

  @Test
  void command_withMetricsAtTheEnd_measuresThenAlone() throws IOException {
    Path out = directory.resolve("run");

    Cli cli = onRing("r3gan", 2, out, "--metrics", "swd:50@end", "--log-every", "1");
    Cli fid = onRing("r3gan", 2, directory.resolve("other"), "--fid", "50");

    assertThat(cli.out()).contains("SWD ", " n=50 ");
    assertThat(out.resolve("metrics.jsonl")).content().doesNotContain("swd");
    assertThat(out.resolve("best")).doesNotExist();
    assertThat(fid.err())
        .startsWith("tandem gan: there is no --fid any more; give --metrics fid:50@end");
    assertThat(fid.exitCode()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dcgan", "acgan", "cgan", "infogan"})
  void generator_ofImages_isAModelFileOfWords(String preset) {
    INDArray images = Nd4j.zeros(DataType.FLOAT, 16, 28, 28, 1);
    CounterRandom.of(1).uniform(images);
    INDArray labels = Nd4j.createFromArray(new int[16]);
    Dataset labeled = Dataset.builder().input("samples", images).target("labels", labels).build();
    try (AdversarialTrainer trainer =
        Presets.named(preset).forSamples(Shape.of(28, 28, 1)).batch(4).seed(1).start(labeled)) {
      trainer.train(1);

      new GeneratorWriter(trainer, ImmutableList.of("a", "b"), directory).accept(trainer);

      GeneratorFile file = GeneratorFile.load(directory);
      boolean told = trainer.recipe().pair().conditioning().classes() > 0;
      assertThat(file.model().inputs().keySet())
          .containsExactlyElementsOf(told ? List.of("noise", "label") : List.of("noise"));
      assertThat(file.model().outputs().keySet()).containsExactly("image");
      assertThat(file.classes()).isEqualTo(told ? 10 : 0);
      assertThat(file.latent()).contains(trainer.recipe().pair().latent());
      assertThat(file.names()).hasSize(told && !preset.equals("infogan") ? 2 : 0);
      assertThat(file.round()).hasValue(1);
    }
  }

  @ParameterizedTest
  @MethodSource("presets")
  void command_onPoints_trainsEveryPreset(Preset preset) {
    Cli cli = onRing(preset.name(), 1, directory.resolve(preset.name()));

    assertThat(cli.err()).isEmpty();
    assertThat(cli.out()).contains("rounds=1 ", "ring8-pacgan modes=");
  }

  @Test
  void resume_inTheMiddle_endsWhereAnUninterruptedRunDoes() throws IOException {
    Path whole = directory.resolve("whole");
    Path half = directory.resolve("half");
    onRing("r3gan", 4, whole);
    onRing("r3gan", 2, half);

    Cli cli = onRing("r3gan", 4, half, "--resume", half.toString());

    assertThat(cli.err()).isEmpty();
    assertThat(cli.out()).contains("step 4 of 4", "2 steps in ", "rounds=4 ");
    assertThat(half).isDirectoryContaining("glob:**progress-from-000002.gif");
    List<Path> arrays = arrays(whole);
    assertThat(arrays).isNotEmpty();
    for (Path array : arrays) {
      Path again = half.resolve(whole.relativize(array));
      assertThat(again).hasSameBinaryContentAs(array);
    }
    assertThat(half.resolve("samples.png")).hasSameBinaryContentAs(whole.resolve("samples.png"));
    assertThat(Files.readAllBytes(half.resolve("step-000002.png")))
        .isNotEqualTo(Files.readAllBytes(half.resolve("samples.png")));
  }

  @Test
  void minutes_areOver_endsAfterTheRound() {
    Path run = directory.resolve("run");

    Cli cli = onRing("r3gan", 1000, run, "--minutes", "1e-9");

    assertThat(cli.err()).isEmpty();
    assertThat(cli.out()).contains("1 steps in ", "rounds=1 ");
    assertThat(run.resolve("samples.png")).exists();
    assertThat(run.resolve("checkpoints/step-000000001")).isNotEmptyDirectory();
  }

  @Test
  void minutes_notAboveZero_areRefused() {
    Cli cli = onRing("r3gan", 1, directory, "--minutes", "0");

    assertThat(cli.exitCode()).isEqualTo(2);
    assertThat(cli.err()).contains("budget.minutes is not above 0: 0 (--minutes 0)");
  }

  private static List<Path> arrays(Path run) throws IOException {
    try (Stream<Path> files = Files.list(run.resolve("checkpoints/step-000000004"))) {
      return files.filter(file -> file.toString().endsWith(".bin")).toList();
    }
  }

  @Test
  void resume_thatDoesNotFit_isRefused() {
    Path run = directory.resolve("run");
    onRing("r3gan", 2, run);

    assertRefuses(
        onRing("sngan", 3, run, "--resume", run.toString()),
        run + ": is a run of other settings, which cannot change:",
        "  name  r3gan  sngan",
        "Leave that out, or start a new run");
    assertRefuses(onRing("r3gan", 3, run, "--resume", run.toString(), "--seed", "2"), "  seed  1");
    assertRefuses(
        Cli.run("gan", "--resume", run.toString(), "--data", "ring8-unrolled", "--steps", "3"),
        "  data.name  ring8-pacgan  ring8-unrolled");
    assertFails(
        onRing("r3gan", 3, run, "--resume", directory.resolve("none").toString()),
        "holds a run already, up to step-000000002");
    assertFails(
        onRing("r3gan", 3, directory, "--resume", directory.toString()), "holds no checkpoint");
    assertFails(onRing("r3gan", 3, run), "go on with --resume " + run);
    Cli done = onRing("r3gan", 2, run, "--resume", run.toString());
    assertThat(done.exitCode()).isEqualTo(2);
    assertThat(done.err()).contains("--steps counts those before the resume too, and 2 were done");
  }

  @Test
  void resume_withoutNames_takesThoseOfTheRun() {
    Path run = directory.resolve("run");
    onRing("r3gan", 2, run, "--seed", "7");

    Cli cli = Cli.run("gan", "--resume", run.toString(), "--steps", "3");

    assertThat(cli.err()).isEmpty();
    assertThat(cli.out()).contains("rounds=3 ", "ring8-pacgan modes=", " seed=7");
  }

  @Test
  void resume_ofARunWithoutARecord_isHeldByItsSettings() throws IOException {
    Path run = directory.resolve("run");
    onRing("r3gan", 2, run);
    Files.delete(run.resolve("config.yaml"));

    Cli cli = onRing("sngan", 3, run, "--resume", run.toString());

    assertThat(cli.exitCode()).isEqualTo(1);
    assertThat(cli.err()).contains("was saved with other settings:", "relativistic_paired  hinge");
    assertThat(cli.err().lines().count()).isBetween(4L, 16L);
    assertThat(onRing("r3gan", 3, run, "--resume", run.toString()).out()).contains("rounds=3 ");
    assertThat(run.resolve("config.yaml")).exists();
  }

  @Test
  void out_thatCannotBe_isRefusedWithAReason() throws IOException {
    Path file = Files.writeString(directory.resolve("notes.txt"), "mine");

    assertFails(onRing("r3gan", 1, file), file + ": is a file, not a folder; give --out");
    assertFails(
        onRing("r3gan", 1, file.resolve("run")), file.resolve("run") + ": cannot be made (");
    assertThat(file).hasContent("mine");
  }

  @Test
  void out_ofAnotherRun_isRefusedUntilThatEnds() {
    Path run = directory.resolve("run");
    try (RunFolder other = RunFolder.open(run)) {
      assertFails(onRing("r3gan", 1, other.path()), run + ": is where another run writes to now");
    }
    assertThat(onRing("r3gan", 1, run).out()).contains("rounds=1 ");
  }

  @Test
  void picture_thatCannotBeWritten_doesNotEndTheTraining() throws IOException {
    Path run = directory.resolve("run");
    Files.createDirectories(run.resolve("samples.png/in-the-way"));
    Files.createDirectories(run.resolve("progress.gif/in-the-way"));

    Cli cli = onRing("r3gan", 2, run);

    assertThat(cli.exitCode()).isZero();
    assertThat(cli.out()).contains("rounds=2 ");
    assertThat(run.resolve("step-000002.png")).exists();
    assertThat(run.resolve("checkpoints/step-000000002")).isNotEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ar-EG-u-nu-arab", "fa-IR", "th-TH-u-nu-thai", "tr-TR"})
  void command_underALanguage_isFoundAndGoesOn(String language) {
    Locale usual = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag(language));
    try {
      Path run = directory.resolve("run");
      onRing("r3gan", 2, run);
      Cli cli = Cli.run("gan", "--resume", run.toString(), "--steps", "3", "--minutes", "1.5");

      assertThat(cli.err()).isEmpty();
      assertThat(cli.out()).contains("step 3 of 3", "rounds=3 ").matches("(?s)\\p{ASCII}*");
      assertThat(run).isDirectoryContaining("glob:**step-000003.png");
      assertThat(run.resolve("checkpoints/step-000000003")).isNotEmptyDirectory();
    } finally {
      Locale.setDefault(usual);
    }
  }

  /** With a table. */
  private static void assertRefuses(Cli cli, String... messages) {
    assertThat(cli.exitCode()).isEqualTo(1);
    assertThat(cli.err()).startsWith("tandem gan: ").contains(messages);
    assertThat(cli.err().lines()).hasSizeBetween(3, 20);
  }

  private static void assertFails(Cli cli, String... messages) {
    assertThat(cli.exitCode()).isEqualTo(1);
    assertThat(cli.err().lines()).hasSize(1);
    assertThat(cli.err()).startsWith("tandem gan: ").contains(messages);
  }

  @Test
  void command_onDigitsByClass_paintsAColumnForEach() throws IOException {
    Cli cli =
        Cli.run(
            "gan",
            "--preset",
            "acgan",
            "--steps",
            "1",
            "--metrics",
            "fid:100",
            "--out",
            directory.toString());

    assertThat(cli.err()).isEmpty();
    assertThat(cli.out())
        .contains("images=64", "FID ", " n=100 real=100 seed=1 in mnist_classifier");
    BufferedImage picture = ImageIO.read(directory.resolve("samples.png").toFile());
    assertThat(picture.getWidth()).isEqualTo(10 * (2 * 28 + 2) + 2);
    assertThat(picture.getHeight()).isEqualTo(8 * (2 * 28 + 2) + 2);
  }

  @Test
  void translation_ofAFolder_resumesWhereAnUninterruptedRunIs() throws IOException {
    String folder = folder(8, 12).toString();
    for (String preset : List.of("pix2pix", "cyclegan")) {
      Path whole = directory.resolve(preset + "-whole");
      Path half = directory.resolve(preset + "-half");
      String[] gan = {"gan", "--preset", preset, "--data", folder};
      assertThat(Cli.run(with(gan, "--steps", "4", "--out", whole)).err()).isEmpty();
      assertThat(Cli.run(with(gan, "--steps", "2", "--out", half)).err()).isEmpty();

      Cli cli = Cli.run(with(gan, "--steps", "4", "--resume", half));

      assertThat(cli.err()).isEmpty();
      assertThat(cli.out()).contains("step 4 of 4", "rounds=4 steps_of_d=4 steps_of_g=4");
      for (Path array : arrays(whole)) {
        assertThat(half.resolve(whole.relativize(array))).hasSameBinaryContentAs(array);
      }
      BufferedImage picture = ImageIO.read(whole.resolve("samples.png").toFile());
      assertThat(picture.getWidth()).isEqualTo(12 * (2 * 12 + 2) + 2);
      assertThat(picture.getHeight())
          .isEqualTo((preset.equals("pix2pix") ? 2 : 3) * (2 * 12 + 2) + 2);
    }
  }

  @Test
  void translation_betweenTwoFolders_makesThemOneSize() throws IOException {
    Path pictures = folder(8, 12);
    Path six = folder("six", 6, 12);
    Path small = folder("small", 8, 8);
    String[] pix2pix = {"gan", "--preset", "pix2pix", "--data", pictures.toString()};
    String[] cycle = {"gan", "--preset", "cyclegan", "--data", pictures.toString()};

    Cli unpaired =
        Cli.run(with(cycle, "--steps", "1", "--out", directory.resolve("a"), "--to", six));
    Cli other =
        Cli.run(with(cycle, "--steps", "1", "--out", directory.resolve("b"), "--to", small));
    Cli fewer =
        Cli.run(with(pix2pix, "--steps", "1", "--out", directory.resolve("c"), "--to", six));

    assertThat(unpaired.err()).isEmpty();
    assertThat(unpaired.exitCode()).isZero();
    assertThat(other.err()).isEmpty();
    assertThat(other.out()).contains("translated  (12, 12, 1) to (12, 12, 1)");
    assertThat(fewer.exitCode()).isEqualTo(2);
    assertThat(fewer.err()).contains("in the order of their names, and there are 8 and 6");
  }

  @Test
  void translation_betweenTwoFolders_needsTheSameNames() throws IOException {
    Path pictures = folder(8, 12);
    Path other = folder("other", 8, 12);
    Files.move(other.resolve("3.png"), other.resolve("03.png"));
    Object[] two = {"--steps", "1", "--to", other, "--out", directory.resolve("out")};
    String[] pix2pix = {"gan", "--preset", "pix2pix", "--data", pictures.toString()};
    String[] cycle = {"gan", "--preset", "cyclegan", "--data", pictures.toString()};

    Cli odd = Cli.run(with(pix2pix, two));
    Cli unpaired = Cli.run(with(cycle, two));

    assertThat(odd.exitCode()).isEqualTo(2);
    assertThat(odd.err())
        .contains("belong together by their names, and 3.png of " + pictures)
        .contains(" (8) has no partner in " + other);
    assertThat(unpaired.err()).isEmpty();
  }

  private static String[] with(String[] start, Object... more) {
    List<String> all = new ArrayList<>(List.of(start));
    for (Object argument : more) {
      all.add(argument.toString());
    }
    return all.toArray(String[]::new);
  }

  private Path folder(int count, int side) throws IOException {
    return folder("pictures", count, side);
  }

  private Path folder(String name, int count, int side) throws IOException {
    Path folder = Files.createDirectory(directory.resolve(name));
    for (int i = 0; i < count; i++) {
      INDArray image = Nd4j.zeros(DataType.FLOAT, 1, side, side, 1);
      CounterRandom.of(i).uniform(image);
      new ImageGrid(1, 0, 1).writePng(image, folder.resolve(i + ".png"));
    }
    return folder;
  }

  private Cli onFolder(Path folder, String preset, String... more) {
    List<String> arguments = new ArrayList<>(List.of("gan", "--preset", preset, "--steps", "1"));
    arguments.addAll(List.of("--data", folder.toString()));
    arguments.addAll(List.of(more));
    if (!arguments.contains("--out")) {
      arguments.addAll(List.of("--out", directory.resolve("out").toString()));
    }
    return Cli.run(arguments.toArray(String[]::new));
  }

  @Test
  void command_onAFolder_trainsOnItsPictures() throws IOException {
    Path folder = folder(64, 28);

    Cli cli = onFolder(folder, "dcgan");
    Cli classes = onFolder(folder, "cgan", "--out", directory.resolve("other").toString());
    Cli fid =
        onFolder(
            folder,
            "dcgan",
            "--metrics",
            "fid:65",
            "--out",
            directory.resolve("another").toString());

    assertThat(cli.err()).isEmpty();
    assertThat(cli.out()).contains("images=64").doesNotContain("modes=", "FID");
    assertThat(classes.exitCode()).isEqualTo(2);
    assertThat(classes.err())
        .contains(
            "preset cgan is told the class of each sample, and "
                + folder
                + " has no classes; put"
                + " the pictures of each class into a folder of its own in "
                + folder);
    assertThat(fid.exitCode()).isEqualTo(2);
    assertThat(fid.err())
        .contains("samples of fid are not in [65, 32], ", "64 of " + folder + ": 65");
  }

  @Test
  void command_onFewerPicturesThanABatch_takesSmallerOnes() throws IOException {
    Path folder = folder(10, 28);

    Cli few = onFolder(folder, "dcgan");
    Cli packs = onFolder(folder, "pacgan2", "--out", directory.resolve("packs").toString());
    Cli more =
        onFolder(folder, "dcgan", "--batch", "11", "--out", directory.resolve("more").toString());

    assertThat(few.err()).isEmpty();
    assertThat(few.out()).contains("preset      dcgan, batches of 10", "images=10");
    assertThat(packs.out()).contains("preset      pacgan2, batches of 5", "images=10");
    assertThat(more.exitCode()).isEqualTo(2);
    assertThat(more.err())
        .contains("a batch takes 11 samples, and " + folder + " has 10; give --batch 10 or less");
  }

  @Test
  void command_atItsStart_saysWhatItFoundAndWhatItLeftOut() throws IOException {
    Path folder = folder(64, 32);
    Files.writeString(folder.resolve("labels.csv"), "");
    Files.writeString(folder.resolve("cut.png"), "");
    Files.writeString(folder.resolve(".DS_Store"), "");

    Cli cli = onFolder(folder, "dcgan");

    assertThat(cli.out().lines().limit(6))
        .containsExactly(
            "data        " + folder + ": 64 pictures of 32×32 pixels in 1 channel",
            "            left out 1: cut.png is empty",
            "            left out 1 file of other kinds: labels.csv",
            "preset      dcgan, batches of 64 (all that there are), 1 round, seed 1",
            "net         generator: 1,067,777 weights, 4.3 MB",
            "net         discriminator: 660,929 weights, 2.6 MB");
    assertThat(cli.out().lines().skip(6).limit(3).toList())
        .satisfies(
            memory -> {
              assertThat(memory.get(0)).matches("memory {6}\\d+\\.\\d MB for a round, besides .*");
              assertThat(memory.get(1))
                  .contains("steps of the discriminator ", "of the generator ");
              assertThat(memory.get(2)).contains("weights 6.9 MB, optimizers 13.8 MB, gradients ");
            });
    assertThat(onRing("r3gan", 1, directory.resolve("ring")).out())
        .startsWith("data        ring8-pacgan: 100,000 samples (2,) of 8 classes");
    assertThat(Cli.run("gan", "--help").out().replaceAll("\\s+", " "))
        .contains("GIF, BMP or TIFF files at any depth", "--size=N|HxW", "--batch=N")
        .doesNotContain("of 28 x 28 pixels");
  }

  @Test
  void command_onAFolderThatDoesNotFit_saysWhy() throws IOException {
    Cli empty = onFolder(Files.createDirectory(directory.resolve("empty")), "dcgan");
    Cli one = onFolder(folder(1, 28), "dcgan");
    Cli size = onFolder(folder("two", 2, 28), "dcgan", "--size", "30");

    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .as("nothing is left of runs that did not begin")
          .doesNotContain("run");
    }
    assertThat(empty.exitCode()).isEqualTo(1);
    assertThat(empty.err()).startsWith("tandem gan: ").contains("empty: holds no picture");
    assertThat(one.exitCode()).isEqualTo(2);
    assertThat(one.err()).contains(" holds one picture, and a GAN learns from many, some hundred");
    assertThat(size.exitCode()).isEqualTo(2);
    assertThat(size.err())
        .contains("presets have nets for images (28, 28, channels)", "(30, 30, 1)");
  }
}
