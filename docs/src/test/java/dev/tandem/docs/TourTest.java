package dev.tandem.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that docs/architecture.md names exist, and its tours do not turn back. */
class TourTest {

  private static final String PAGE = Snippets.read(Snippets.DOCS.resolve("architecture.md"));
  private static final Pattern FILE = Pattern.compile("`((?:[a-z0-9]+/)+\\w+\\.java)(?:#\\w+)?`");
  private static final Pattern STEP = Pattern.compile("(?m)^\\d+\\. `(\\S+)`: ");
  private static final List<Path> ROOTS =
      Stream.of("core", "gan")
          .map(module -> Snippets.ROOT.resolve(module + "/src/main/java/dev/tandem/" + module))
          .toList();

  static Stream<String> files() {
    return FILE.matcher(PAGE).results().map(found -> found.group(1)).distinct();
  }

  /** The sections of the tour. */
  static Stream<String> tours() {
    String tour = PAGE.substring(PAGE.indexOf("## A tour"), PAGE.indexOf("## What is shared"));
    return Arrays.stream(tour.split("### ")).skip(1);
  }

  @ParameterizedTest
  @MethodSource("files")
  void file_namedInThePage_exists(String file) {
    assertThat(ROOTS.stream().map(root -> root.resolve(file))).anyMatch(Files::exists);
  }

  @ParameterizedTest
  @MethodSource("tours")
  void tour_ofFiles_passesEachOnce(String tour) {
    List<String> steps = STEP.matcher(tour).results().map(found -> found.group(1)).toList();
    assertThat(steps).hasSizeGreaterThan(8).doesNotHaveDuplicates();
  }

  @Test
  void tours_areFour() {
    assertThat(tours().map(tour -> tour.lines().findFirst().orElse("").split(",")[0]))
        .containsExactly("One batch", "One weight", "One op graph", "One run of a GAN");
  }
}
