package dev.tandem.examples.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a reader finds: a page and a picture for each example. */
class GalleryPagesTest {

  private static final Path PAGES = Path.of("../docs/gallery");
  private static final Path CODE = Path.of("src/main/java/dev/tandem/examples/gallery");

  static List<Exhibit> examples() {
    return Gallery.all();
  }

  static Stream<Path> sources() throws IOException {
    return Files.list(CODE).filter(file -> file.toString().endsWith("Example.java"));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void page_ofAnExample_tellsItsCommandAndShowsItsPicture(Exhibit example) throws IOException {
    String name = example.name();
    assertThat(PAGES.resolve(name + ".md"))
        .content()
        .contains("examples/tandem gallery " + name + "\n")
        .contains("](" + name + ".png)");
    BufferedImage picture = ImageIO.read(PAGES.resolve(name + ".png").toFile());
    assertThat(picture.getWidth()).isBetween(300, 1200);
    assertThat(PAGES.resolve("README.md")).content().contains("](" + name + ".md)");
  }

  @Test
  void page_ofEachExample_linksToItsCode() throws IOException {
    for (Path source : sources().toList()) {
      try (Stream<Path> pages = Files.list(PAGES)) {
        assertThat(pages.filter(page -> mentions(page, source.getFileName().toString())))
            .isNotEmpty();
      }
    }
  }

  private static boolean mentions(Path page, String text) {
    try {
      return page.toString().endsWith(".md") && Files.readString(page).contains(text);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
