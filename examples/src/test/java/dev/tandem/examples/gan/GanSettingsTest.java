package dev.tandem.examples.gan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.examples.Cli;
import dev.tandem.gan.image.ImageGrid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Settings on the command line: printed, read, changed, refused, and kept with a run. */
class GanSettingsTest {

  @TempDir Path directory;

  private Cli gan(Object... arguments) {
    List<String> all = new ArrayList<>(List.of("gan"));
    for (Object argument : arguments) {
      all.add(argument.toString());
    }
    return Cli.run(all.toArray(String[]::new));
  }

  private Path printed(String preset) throws IOException {
    Cli cli = gan("--preset", preset, "--data", "ring8-pacgan", "--print");
    assertThat(cli.err()).isEmpty();
    return Files.writeString(directory.resolve("run.yaml"), cli.out());
  }

  private static void assertSameArrays(Path one, Path other, String step) throws IOException {
    Path place = Path.of("checkpoints", step);
    List<Path> arrays;
    try (Stream<Path> files = Files.list(one.resolve(place))) {
      arrays = files.filter(file -> file.toString().endsWith(".bin")).toList();
    }
    assertThat(arrays).isNotEmpty();
    for (Path array : arrays) {
      assertThat(other.resolve(place).resolve(array.getFileName())).hasSameBinaryContentAs(array);
    }
  }

  @Test
  void print_givesAFileThatRunsTheSame() throws IOException {
    Path one = directory.resolve("one");
    Path other = directory.resolve("other");
    Path file = printed("r3gan");
    assertThat(gan("--preset", "r3gan", "--data", "ring8-pacgan", "--steps", 2, "--out", one).err())
        .isEmpty();

    Cli cli = gan("--config", file, "--steps", 2, "--out", other);

    assertThat(cli.err()).isEmpty();
    assertThat(cli.out()).contains("preset      r3gan, batches of 256", "rounds=2 ");
    assertSameArrays(one, other, "step-000000002");
    assertThat(other.resolve("config.yaml")).hasSameTextualContentAs(one.resolve("config.yaml"));
    assertThat(file).isRegularFile();
    assertThat(Files.readString(one.resolve("config.yaml")).replace("rounds: 2", "rounds: 5000"))
        .isEqualTo(Files.readString(file));
  }

  @Test
  void config_inJson_isTakenToo() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("run.json5"),
            """
            {"preset": "sngan", "data": {"name": "ring8-pacgan"},
             "optimizer": {"generator": {"rate": 1e-3}}, "batch": 32, "budget": {"rounds": 1}}
            """);

    Cli cli = gan("--config", file, "--print");

    assertThat(cli.err()).isEmpty();
    assertThat(cli.out())
        .contains("name: sngan\n", "batch: 32\n", "    rate: 0.001\n    beta1: 0.0\n")
        .contains("    rate: 2.0e-4\n", "  rounds: 1\n");
  }

  @Test
  void options_areShortWaysToSettings() {
    Cli longWay =
        gan(
            "--preset",
            "r3gan",
            "--print",
            "--set",
            "data.name=ring8-pacgan",
            "--set",
            "seed=3",
            "--set",
            "batch=16",
            "--set",
            "optimizer.generator.rate=1e-4",
            "--set",
            "optimizer.discriminator.rate=1e-4",
            "--set",
            "penalties.0.gamma=0.5",
            "--set",
            "penalties.1.gamma=0.5",
            "--set",
            "average={type: ramped_average, decay: 0.99}",
            "--set",
            "augmentations=[{type: instance_noise, deviation: 0.1}]",
            "--set",
            "budget={rounds: 7, minutes: 1.5}",
            "--set",
            "device=samediff",
            "--set",
            "precision=float32");
    Cli shortWay =
        gan(
            "--preset",
            "r3gan",
            "--print",
            "--data",
            "ring8-pacgan",
            "--seed",
            3,
            "--batch",
            16,
            "--rate",
            "1e-4",
            "--gamma",
            0.5,
            "--average",
            0.99,
            "--augment",
            "{type: instance_noise, deviation: 0.1}",
            "--steps",
            7,
            "--minutes",
            1.5,
            "--device",
            "samediff",
            "--precision",
            "float32");

    assertThat(longWay.err()).isEmpty();
    assertThat(shortWay.err()).isEmpty();
    assertThat(shortWay.out()).isEqualTo(longWay.out());
    assertThat(gan("--print", "--filters", 8).out()).contains("    filters: 8\n");
    assertThat(gan("--print", "--augment", "ada").out())
        .contains("- type: varying_augmentation", "type: adaptive_strength");
    assertThat(gan("--print", "--augment", "diffaugment").out())
        .contains("- type: brightness\n  reach: 0.5\n", "- saturation", "- type: cutout");
    assertThat(gan("--print", "--average", "none", "--preset", "r3gan").out())
        .contains("average: none\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "optimizer.generator.rat=1 | there is no key optimizer.generator.rat; the nearest is rate",
        "los=hinge | there is no key los; the nearest is loss, and there are version, name,",
        "loss=hing | loss is none of discriminator_alone, energy,",
        "optimizer.generator.rate=-1 | optimizer.generator.rate is not at least 0: -1 (--set opt",
        "optimizer.generator.rate=fast | optimizer.generator.rate is not a number: fast (--set",
        "optimizer.generator.beta1=2 | optimizer.generator.beta1 is not in [0, 1): 2 (--set",
        "optimizer.generator=sgd | optimizer.generator lacks rate (--set optimizer.generator=sgd)",
        "schedule.simultaneous=yes | schedule.simultaneous is neither true nor false: yes (--set",
        "batch=0 | batch is not at least 1: 0 (--set batch=0)",
        "batch=1.5 | batch is not a whole number: 1.5 (--set batch=1.5)",
        "batch=[1] | batch is not a whole number but has parts of its own (--set batch=[1])",
        "batch.size=3 | batch is not a whole number but has parts of its own (--set batch.size=3)",
        "penalties=r1 | penalties is not a list, as [a, b]",
        "penalties.3.gamma=1 | penalties is a list of 0 entries, counted from 0, and 0 adds one",
        "penalties.0=r1 | penalties.0 lacks gamma (--set penalties.0=r1)",
        "checkpoints.every=0 | checkpoints.every is not at least 1: 0 (--set checkpoints.every=0)",
        "budget.rounds=0 | budget.rounds is not at least 1: 0 (--set budget.rounds=0)",
        "name=../x | name is not made of letters, digits, dots, dashes and underscores: ../x"
            + " (--set",
        "weight_clip=-1 | weight_clip is not above 0: -1 (--set weight_clip=-1)",
        "precision=float8 | precision is none of float32, tf32, bf16: float8 (--set"
            + " precision=float8)",
        "nets.generator.type=dcgan | nets.generator is none of dcgan_auxiliary_discriminator,",
        "nets.generator=unet | nets.generator lacks width (--set nets.generator=unet)",
        "batch | a setting is given as key=value (--set batch)",
        "a..b=1 | \"a..b\" is no path of keys, as optimizer.generator.rate is (--set a..b=1)",
        "loss={a: b | is no YAML: ",
        "version=2 | version of the config is 2, and this library reads up to 1; upgrade it",
        "preset=r3gan | preset is no setting but what others begin with (--set preset=r3gan)",
      })
  void setting_thatCannotBe_isRefused(String assignment, String message) {
    Cli cli = gan("--data", "ring8-pacgan", "--set", assignment, "--out", directory.resolve("x"));

    assertThat(cli.exitCode()).isEqualTo(2);
    assertThat(cli.err().lines()).hasSize(1);
    assertThat(cli.err()).startsWith("tandem gan: ").contains(message);
    assertThat(directory).isEmptyDirectory();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "batch: 100 | batches: 100 | there is no key batches; the nearest is batch | column 1",
        "batch: 100 | batch: a | batch is not a whole number: a | column 8",
        "'  measured: none' | '  measured: none\n"
            + "  measured: swd' | key measured stands there twice, first in line | line ",
        "version: 1 | version: 2 | version of the config is 2, and this | line 3, column 10",
        "seed: 1 | 'seed: [1' | is no YAML: expected ',' or ']', but got | line ",
        "loss: non_saturating | loss: *a | *a refers to another value | column 7",
        "loss: non_saturating | # no loss | the config lacks loss | line 3, column 1",
        "'    beta1: 0.8' | '    beta1: 0.8\n- x' | is no YAML: | line ",
      })
  void file_withAMistake_isRefusedByItsPlace(
      String line, String mistake, String message, String place) throws IOException {
    Path file = printed("dcgan");
    String text = Files.readString(file);
    assertThat(text).contains("\n" + line + "\n");
    long number = text.substring(0, text.indexOf("\n" + line + "\n") + 1).lines().count() + 1;
    Files.writeString(file, text.replace("\n" + line + "\n", "\n" + mistake + "\n"));

    Cli cli = gan("--config", file, "--out", directory.resolve("x"));

    assertThat(cli.exitCode()).isEqualTo(2);
    assertThat(cli.err())
        .contains(
            message,
            "("
                + file
                + ", "
                + (place.startsWith("column") ? "line " + number + ", " : "")
                + place);
    assertThat(directory.resolve("x")).doesNotExist();
  }

  @Test
  void config_thatIsNot_isRefused() throws IOException {
    Path list = Files.writeString(directory.resolve("list.yaml"), "- 1\n");

    assertThat(gan("--config", directory.resolve("none.yaml")).err())
        .contains("none.yaml: does not exist");
    assertThat(gan("--config", list).err())
        .contains(
            "a config begins with keys, as in \"batch: 64\" (" + list + ", line 1, column 1)");
    assertThat(gan("--config", list, "--preset", "dcgan").err())
        .contains("--config says what to train, so --preset has no place beside it");
    assertThat(gan("--gamma", 1, "--data", "ring8-pacgan").err())
        .contains("--gamma 1: dcgan has no penalty with a gamma; --print shows all");
  }

  @Test
  void dryRun_printsAllAndWritesNothing() {
    Path out = directory.resolve("run");

    Cli cli = gan("--preset", "wgan-gp", "--dry-run", "--filters", 4, "--out", out);

    assertThat(cli.err()).isEmpty();
    assertThat(cli.out())
        .contains("mnist: 60,000 samples (28, 28, 1) of 10 classes", "type: gradient_penalty")
        .contains("net         generator: ", "memory      ", " MB for a round", "optimizers ")
        .contains("g_1 (Conv2DTranspose)")
        .contains("A dry run: nothing was trained, nothing was written.");
    assertThat(out).doesNotExist();
  }

  @Test
  void resume_withSoundChanges_goesOnAndNotesThem() {
    Path run = directory.resolve("run");
    gan("--preset", "r3gan", "--data", "ring8-pacgan", "--steps", 2, "--out", run);

    Cli cli = gan("--resume", run, "--steps", 3, "--rate", "1e-4", "--batch", 32);
    Cli again = gan("--resume", run, "--steps", 4);

    assertThat(cli.err()).isEmpty();
    assertThat(cli.out())
        .contains("changed     after round 2 batch was 256 and is 32\n")
        .contains("optimizer.generator.rate was exponential_decay and is 1.0E-4")
        .contains("rounds=3 ");
    assertThat(again.err()).isEmpty();
    assertThat(again.out()).contains("batches of 32", "rounds=4 ").doesNotContain("changed");
    assertThat(run.resolve("config.yaml")).content().contains("batch: 32\n", "rounds: 4\n");
    assertThat(run.resolve("changes.txt"))
        .content()
        .contains("after round 2 batch was 256 and is 32\n");
    assertThat(run.resolve("changes.txt").toFile()).content().hasLineCount(3);
  }

  /** What is assigned, and the line that the refusal then has. */
  private static final Map<String, String> OTHER_CHANGES =
      Map.ofEntries(
          Map.entry("loss=hinge", "loss  relativistic_paired  hinge"),
          Map.entry("penalties=[{type: r1, gamma: 1}]", "penalties  2 entries  1 entry"),
          Map.entry("optimizer.generator.beta1=0.5", "optimizer.generator.beta1  0.0  0.5"),
          Map.entry("schedule.discriminator_steps=2", "schedule.discriminator_steps  1.0  2.0"),
          Map.entry("average=none", "average  ramped_average  none"),
          Map.entry(
              "latent={type: normal_and_signs, normals: 3, signs: 7}", "latent.normals  2    3"),
          Map.entry(
              "nets.discriminator={type: point_spectral_discriminator}", "nets.discriminator"),
          Map.entry("data.name=grid25-pacgan", "data.name  ring8-pacgan  grid25-pacgan"),
          Map.entry("seed=2", "seed  1    2"));

  @Test
  void resume_withOtherChanges_isRefusedInAList() throws IOException {
    Path run = directory.resolve("run");
    gan("--preset", "r3gan", "--data", "ring8-pacgan", "--steps", 1, "--out", run);
    String before = Files.readString(run.resolve("config.yaml"));
    for (Map.Entry<String, String> change : OTHER_CHANGES.entrySet()) {
      Cli cli = gan("--resume", run, "--steps", 2, "--set", change.getKey());

      assertThat(cli.exitCode()).as(change.getKey()).isEqualTo(1);
      assertThat(cli.err()).contains(change.getValue());
      assertThat(cli.err().lines()).hasSizeBetween(3, 20);
      assertThat(cli.err().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(200));
      assertThat(run.resolve("config.yaml")).hasContent(before);
    }
  }

  @Test
  void resume_withAnotherPreset_namesThatAlone() {
    Path run = directory.resolve("run");
    gan("--preset", "r3gan", "--data", "ring8-pacgan", "--steps", 1, "--out", run);

    Cli cli = gan("--resume", run, "--preset", "dcgan");

    assertThat(cli.exitCode()).isEqualTo(1);
    assertThat(cli.err().lines())
        .containsExactly(
            "tandem gan: " + run + ": is a run of other settings, which cannot change:",
            "        was    is",
            "  name  r3gan  dcgan",
            "Leave that out, or start a new run");
  }

  @Test
  void run_ofVersion1_goesOnWithItsTenClasses() throws IOException {
    Path run = directory.resolve("run");
    gan(
        "--preset",
        "cgan",
        "--data",
        "ring8-pacgan",
        "--steps",
        1,
        "--seed",
        4,
        "--classes",
        10,
        "--out",
        run);
    Files.delete(run.resolve("config.yaml"));
    Files.writeString(
        run.resolve("run.json"),
        "{\"version\" : 1, \"preset\" : \"cgan\", \"data\" : \"ring8-pacgan\", \"to\" : \"\","
            + " \"seed\" : 4}");

    Cli cli = gan("--resume", run, "--steps", 2);

    assertThat(cli.err()).isEmpty();
    assertThat(cli.out()).contains("rounds=2 ", " seed=4");
    assertThat(run.resolve("config.yaml")).content().contains("  classes: 10\n");
  }

  @Test
  void resume_onOtherPictures_isRefusedByDigest() throws IOException {
    Path pictures = Files.createDirectory(directory.resolve("pictures"));
    for (int i = 0; i < 8; i++) {
      picture(pictures.resolve(i + ".png"), i);
    }
    Path run = directory.resolve("run");
    Object[] small = {"--filters", 2, "--batch", 4, "--out", run, "--steps", 1, "--data", pictures};
    assertThat(gan(small).err()).isEmpty();
    picture(pictures.resolve("3.png"), 99);

    Cli cli = gan("--resume", run, "--steps", 2);

    assertThat(cli.exitCode()).isEqualTo(1);
    assertThat(cli.err()).contains("  data  digest ", "Nothing was loaded");
    picture(pictures.resolve("3.png"), 3);
    assertThat(gan("--resume", run, "--steps", 2).err()).isEmpty();
  }

  private static void picture(Path file, int seed) {
    INDArray image = Nd4j.zeros(DataType.FLOAT, 1, 28, 28, 1);
    CounterRandom.of(seed).uniform(image);
    new ImageGrid(1, 0, 1).writePng(image, file);
  }

  @Test
  void classes_areThoseOfTheData() {
    Cli cli = gan("--preset", "cgan", "--data", "ring8-pacgan", "--dry-run");

    assertThat(cli.err()).isEmpty();
    assertThat(cli.out()).contains("projection_classes", "conditioning:").contains("1,152");
  }

  @Test
  void help_fits80Columns() {
    Cli cli = gan("--help");

    assertThat(cli.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    assertThat(SettingOptions.keys().keySet())
        .allSatisfy(option -> assertThat(cli.out()).containsPattern(" " + option + "[= ]"));
  }
}
