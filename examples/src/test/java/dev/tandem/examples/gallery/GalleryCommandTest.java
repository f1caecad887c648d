package dev.tandem.examples.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.examples.Cli;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GalleryCommandTest {

  static List<Exhibit> exhibits() {
    return Gallery.all();
  }

  @ParameterizedTest
  @MethodSource("exhibits")
  void command_withAName_runsTheExampleAndLeavesItsPicture(Exhibit exhibit, @TempDir Path directory)
      throws IOException {
    Path out = directory.resolve("new");

    Cli cli = Cli.run("gallery", exhibit.name(), "--steps", "1", "--out", out.toString());

    assertThat(cli.err()).isEmpty();
    assertThat(cli.exitCode()).isZero();
    Path file = out.resolve(exhibit.name() + ".png");
    assertThat(cli.out()).contains("step 1 of 1: loss of D ", "picture  " + file);
    BufferedImage picture = ImageIO.read(file.toFile());
    assertThat(picture.getWidth()).isGreaterThan(100);
    assertThat(picture.getHeight()).isGreaterThan(100);
  }

  @Test
  void command_withoutAName_listsTheExamples() {
    Cli cli = Cli.run("gallery");

    assertThat(cli.exitCode()).isZero();
    assertThat(cli.out().lines()).hasSameSizeAs(Gallery.all());
    assertThat(cli.out()).contains("pix2pix      edges to digits (").contains("cyclegan ");
  }

  @Test
  void examples_areShort() throws IOException {
    Path sources = Path.of("src/main/java/dev/tandem/examples/gallery");
    try (Stream<Path> files = Files.list(sources)) {
      List<Path> examples = files.filter(f -> f.toString().endsWith("Example.java")).toList();
      assertThat(examples).hasSizeGreaterThan(Gallery.all().size());
      for (Path example : examples) {
        assertThat(Files.readAllLines(example)).as(example.toString()).hasSizeLessThan(80);
      }
    }
  }
}
