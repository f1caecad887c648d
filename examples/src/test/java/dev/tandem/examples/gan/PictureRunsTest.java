package dev.tandem.examples.gan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.examples.Cli;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs on folders as they are. */
class PictureRunsTest {

  @TempDir Path directory;
  private Path folder;

  /** Three classes of pictures of all sizes, of two formats, some with alpha. */
  @BeforeEach
  void writePictures() throws IOException {
    folder = directory.resolve("photos");
    for (int i = 0; i < 24; i++) {
      Path of = Files.createDirectories(folder.resolve(List.of("red", "green", "blue").get(i % 3)));
      boolean png = i % 2 == 0;
      BufferedImage image =
          new BufferedImage(
              20 + 3 * i, 40 - i, png ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB);
      for (int j = 0; j < image.getWidth() * image.getHeight(); j++) {
        int x = j % image.getWidth();
        image.setRGB(x, j / image.getWidth(), x < 5 ? 0 : 0xFF << 24 | 0xFF << 8 * (2 - i % 3));
      }
      Path file = of.resolve(i + (png ? ".png" : ".jpg"));
      assertThat(ImageIO.write(image, png ? "png" : "jpg", file.toFile())).isTrue();
    }
  }

  private Cli gan(Object... arguments) {
    List<String> all = new ArrayList<>(List.of("gan", "--filters", "4"));
    Stream.of(arguments).map(Object::toString).forEach(all::add);
    return Cli.run(all.toArray(String[]::new));
  }

  private static List<Path> files(Path folder, String ending) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }

  @Test
  void folderOfFolders_isLearnedByClass() throws IOException {
    Path run = directory.resolve("run");

    Cli cli = gan("--preset", "cgan", "--data", folder, "--steps", 2, "--out", run);

    assertThat(cli.err()).isEmpty();
    assertThat(cli.out())
        .startsWith(
            "data        "
                + folder
                + ": 24 pictures of 24×24 pixels in 3 channels, 3 classes: blue 8, green 8,")
        .contains("smaller than 24×24 were enlarged (the smallest has a side of 17)")
        .contains("preset      cgan, batches of 24 (all that there are), 2 rounds");
    BufferedImage samples = ImageIO.read(run.resolve("samples.png").toFile());
    assertThat(samples.getWidth()).isEqualTo(3 * (2 * 24 + 2) + 2);
    assertThat(files(run, ".bin")).hasSize(1);
    assertThat(run.resolve("config.yaml")).content().contains("batch: 24");
  }

  @Test
  void resume_readsNoPictureAgain_andEndsAtEqualBits() throws IOException {
    Path whole = directory.resolve("whole");
    Path half = directory.resolve("half");
    Object[] asked = {
      "--preset",
      "acgan",
      "--data",
      folder,
      "--size",
      "16",
      "--resize",
      "fit",
      "--mirror",
      "--augment-data",
      "crop=0.3,shift,brightness",
      "--background",
      "20a0ff",
      "--batch",
      "5"
    };
    assertThat(gan(with(asked, "--steps", 6, "--out", whole)).err()).isEmpty();
    assertThat(gan(with(asked, "--steps", 3, "--out", half)).err()).isEmpty();
    List<Path> bytes = files(half, ".bin");

    Cli cli = Cli.run("gan", "--resume", half.toString(), "--steps", "6");

    assertThat(cli.err()).isEmpty();
    assertThat(files(half, ".bin")).isEqualTo(bytes).hasSize(1);
    assertThat(half.resolve("config.yaml"))
        .content()
        .contains("crop: 0.3", "shift: 2", "brightness: 0.1", "rotate: 0");
    for (Path array : files(whole.resolve("checkpoints/step-000000006"), ".bin")) {
      assertThat(half.resolve(whole.relativize(array))).hasSameBinaryContentAs(array);
    }
  }

  private static Object[] with(Object[] start, Object... more) {
    return Stream.concat(Stream.of(start), Stream.of(more)).toArray();
  }

  @Test
  void translation_ofTwoFolders_isResumedAtEqualBits() throws IOException {
    Path other = directory.resolve("other");
    Files.createDirectories(other);
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        Path to = other.resolve(folder.relativize(file));
        Files.createDirectories(to.getParent());
        Files.copy(file, to);
      }
    }
    Path whole = directory.resolve("whole");
    Path half = directory.resolve("half");
    Object[] asked = {
      "--preset",
      "pix2pix",
      "--data",
      folder,
      "--to",
      other,
      "--size",
      "16",
      "--batch",
      "5",
      "--mirror",
      "--augment-data",
      "shift=3"
    };
    assertThat(gan(with(asked, "--steps", 4, "--out", whole)).err()).isEmpty();
    assertThat(gan(with(asked, "--steps", 2, "--out", half)).err()).isEmpty();

    Cli cli = Cli.run("gan", "--resume", half.toString(), "--steps", "4");

    assertThat(cli.err()).isEmpty();
    assertThat(files(whole, ".bin")).hasSize(2);
    for (Path array : files(whole.resolve("checkpoints/step-000000004"), ".bin")) {
      assertThat(half.resolve(whole.relativize(array))).hasSameBinaryContentAs(array);
    }
    assertThat(half.resolve("samples.png")).hasSameBinaryContentAs(whole.resolve("samples.png"));
  }

  @Test
  void resume_withOtherPictures_isRefused() throws IOException {
    Path run = directory.resolve("run");
    gan("--data", folder, "--size", "16", "--steps", 1, "--out", run);

    Cli size = Cli.run("gan", "--resume", run.toString(), "--size", "20", "--steps", "2");

    assertThat(size.exitCode()).isEqualTo(1);
    assertThat(size.err()).contains("data.size", "16", "20");
  }

  @Test
  void badFiles_areLeftOut_orAnErrorIfStrict() throws IOException {
    Files.writeString(folder.resolve("red/broken.jpg"), "no picture");
    Path run = directory.resolve("run");

    Cli strict = gan("--data", folder, "--strict", "--steps", 1, "--out", run);
    Cli usual = gan("--data", folder, "--steps", 1, "--out", run);

    assertThat(strict.exitCode()).isEqualTo(1);
    assertThat(strict.err()).contains("broken.jpg: is no picture", "repair it or take it out");
    assertThat(usual.err()).isEmpty();
    assertThat(usual.out()).contains("left out 1: red/broken.jpg is no picture");
  }

  @Test
  void wrongSettingsOfPictures_areRefused() {
    assertThat(gan("--data", folder, "--size", "big").err()).contains("neither N nor HxW");
    assertThat(gan("--data", folder, "--resize", "zoom").err()).contains("crop, fit, squash");
    assertThat(gan("--data", folder, "--background", "pink").err()).contains("white, black, gray");
    assertThat(gan("--data", folder, "--channels", "4").err()).contains("1 (gray) nor 3 (color)");
    assertThat(gan("--data", "mnist", "--mirror").err())
        .contains("--mirror, --augment-data and --strict are for folders and files of pictures");
    assertThat(gan("--data", folder, "--augment-data", "crop,zoom").err())
        .contains(
            "--augment-data crop,zoom: there is no change \"zoom\"; there are crop, shift, rotate,"
                + " brightness, contrast, saturation");
    assertThat(gan("--data", folder, "--augment-data", "flip").err()).contains("and --mirror");
    assertThat(gan("--data", folder, "--augment-data", "crop=2").err())
        .contains("data.augment.crop is not in [0, 0.9]: 2 (--augment-data crop=2)");
    assertThat(gan("--data", folder, "--augment-data", "shift=1.5").err())
        .contains("data.augment.shift is not a whole number: 1.5");
    assertThat(gan("--data", "mnist", "--set", "data.augment.shift=1").err())
        .contains("--augment-data and --strict are for folders");
  }

  @Test
  void dryRun_onAFolder_leavesNothing() {
    Path run = directory.resolve("run");

    Cli cli = gan("--preset", "cgan", "--data", folder, "--dry-run", "--out", run);

    assertThat(cli.err()).isEmpty();
    assertThat(cli.out()).contains("24 pictures of 24×24 pixels", "resize: crop");
    assertThat(run).doesNotExist();
  }

  @Test
  void runs_thatShareACache_readPicturesOnce() throws IOException {
    Path cache = directory.resolve("cache");
    gan("--data", folder, "--steps", 1, "--cache", cache, "--out", directory.resolve("a"));
    gan("--data", folder, "--steps", 1, "--cache", cache, "--out", directory.resolve("b"));

    assertThat(files(cache, ".bin")).hasSize(1);
    assertThat(files(directory.resolve("a"), ".bin")).isEmpty();
  }
}
