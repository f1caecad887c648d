package dev.tandem.examples.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.activation.Activations;
import dev.tandem.core.data.DataFileException;
import dev.tandem.core.graph.Input;
import dev.tandem.core.io.ModelFile;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Reshape;
import dev.tandem.core.model.Model;
import dev.tandem.dashboard.LatentWalk;
import dev.tandem.examples.Cli;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command of the dashboard refuses, and the ways that it draws. */
class ServeCommandTest {

  @TempDir Path directory;

  private static void assertRefused(Cli cli, String... words) {
    assertThat(cli.exitCode()).isEqualTo(2);
    assertThat(cli.err().lines()).hasSize(1);
    assertThat(cli.err()).startsWith("tandem serve: ").contains(words);
  }

  @Test
  void command_thatCannotServe_saysSoInOneLine() throws IOException {
    String runs = directory.toString();
    Path file = Files.createFile(directory.resolve("file"));

    assertRefused(Cli.run("serve", runs + "/none"), "none is not there", "tandem gan --out");
    assertRefused(Cli.run("serve", file.toString()), "is a file");
    assertRefused(Cli.run("serve", runs, "--port", "70000"), "--port is not in [0, 65535]: 70000");
    assertRefused(Cli.run("serve", runs, "--token", "abc"), "--token is not at least 12");
    assertRefused(Cli.run("serve", runs, "--host", "no.such.invalid"), "no.such.invalid is not");
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      String port = Integer.toString(taken.getLocalPort());
      assertRefused(Cli.run("serve", runs, "--port", port), "cannot be listened", "another --port");
    }
  }

  private Path run(int... shape) {
    int size = 1;
    for (int side : shape) {
      size *= side;
    }
    Model net =
        Model.sequential(
            "tiny",
            Input.of("noise", 4),
            Dense.units(size).activation(Activations.tanh()),
            Reshape.of(shape));
    ModelFile.save(net.initialize(1), directory.resolve("run/generator"));
    return directory.resolve("run");
  }

  @Test
  void walk_throughAGenerator_isAClosedWayOfSamplesSideBySide() throws IOException {
    Path run = run(6, 5, 3);
    LatentWalk.Ask ask = new LatentWalk.Ask(3, 2, 6, OptionalInt.empty());

    LatentWalk.Frames frames = new GeneratorWalk().draw(run, ask);

    assertThat(frames.frames()).isEqualTo(6);
    BufferedImage picture = ImageIO.read(new ByteArrayInputStream(frames.png()));
    assertThat(picture.getWidth()).isEqualTo(2 * 5);
    assertThat(picture.getHeight()).isEqualTo(6 * 6);
    assertThat(new GeneratorWalk().draw(run, ask).png()).isEqualTo(frames.png());
    assertThat(picture.getRGB(0, 0)).isNotEqualTo(picture.getRGB(0, 6)); // it moves
    assertThatThrownBy(
            () -> new GeneratorWalk().draw(run, new LatentWalk.Ask(3, 2, 6, OptionalInt.of(1))))
        .hasMessageContaining("is not told classes");
  }

  @Test
  void walk_whereThereIsNone_saysWhy() {
    LatentWalk.Ask ask = new LatentWalk.Ask(1, 8, 48, OptionalInt.empty());
    assertThatThrownBy(() -> new GeneratorWalk().draw(directory.resolve("none"), ask))
        .isInstanceOf(DataFileException.class)
        .hasMessageContaining(directory.resolve("none").toString());
    Path points = run(2);
    assertThatThrownBy(() -> new GeneratorWalk().draw(points, ask))
        .hasMessageContaining("makes points");
  }
}
