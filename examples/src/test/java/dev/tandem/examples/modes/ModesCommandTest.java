package dev.tandem.examples.modes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.examples.Cli;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModesCommandTest {

  private static final String NUMBER = "(NaN|-?\\d*\\.\\d{3})";

  @TempDir Path directory;

  @Test
  void command_ofTwoSeeds_printsALineForEachAndTheirMean() throws IOException {
    Cli cli =
        Cli.run(
            "modes", "ring8-pacgan", "--seeds", "2", "--steps", "3", "--out", directory.toString());

    assertThat(cli.err()).isEmpty();
    assertThat(cli.exitCode()).isZero();
    List<String> lines = cli.out().lines().toList();
    assertThat(lines).hasSize(3);
    String rest =
        " modes=\\d/8 hq=\\d+\\.\\d rkl=%s rkl_over_floor=%s steps=3 seconds=\\d+\\.\\d"
            .formatted(NUMBER, NUMBER);
    assertThat(lines.get(0)).matches("ring8-pacgan r3gan seed=1" + rest);
    assertThat(lines.get(1)).matches("ring8-pacgan r3gan seed=2" + rest);
    assertThat(lines.get(2)).startsWith("ring8-pacgan r3gan seeds=2 modes=").contains("±");
    for (String name : List.of("seed1", "seed2")) {
      Path picture = directory.resolve("ring8-pacgan-r3gan-" + name + ".png");
      assertThat(ImageIO.read(picture.toFile()).getWidth()).isEqualTo(512);
    }
  }

  @Test
  void command_withAPresetOfClasses_learnsThoseOfTheData() {
    Cli cli =
        Cli.run(
            "modes",
            "grid25-pacgan",
            "--preset",
            "cgan",
            "--steps",
            "1",
            "--seeds",
            "1",
            "--out",
            directory.toString());

    assertThat(cli.err()).isEmpty();
    assertThat(cli.exitCode()).isZero();
  }

  @Test
  void command_withAPresetThatTranslates_saysSo() {
    Cli cli =
        Cli.run("modes", "ring8-pacgan", "--preset", "pix2pix", "--out", directory.toString());

    assertThat(cli.exitCode()).isEqualTo(1);
    assertThat(cli.err())
        .isEqualToIgnoringNewLines(
            "tandem modes: preset pix2pix translates samples, and ring8-pacgan has nothing to"
                + " translate them to; take a preset that starts from noise");
  }
}
