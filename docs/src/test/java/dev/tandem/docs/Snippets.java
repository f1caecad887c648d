package dev.tandem.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Code shown in pages. A page marks a block with {@code <!-- snippet: Test#region -->}; the source
 * of the test, or of the class of an example, holds the same lines between {@code // region NAME}
 * and {@code // endregion}.
 */
final class Snippets {

  record Snippet(Path page, String test, String region, String shown) {

    /** The test's source: here, or in the module that alone has what the code needs. */
    Path source() {
      return Stream.of(
              DOCS.resolve("src/test/java/dev/tandem/docs"),
              ROOT.resolve("core/dl4j/src/test/java/dev/tandem/dl4j"),
              ROOT.resolve("core/spark/src/test/java/dev/tandem/docs"))
          .map(folder -> folder.resolve(test + ".java"))
          .filter(Files::exists)
          .findFirst()
          .or(this::inExamples)
          .orElseThrow(
              () -> new IllegalStateException("no test or example " + test + " holds a snippet"));
    }

    private Optional<Path> inExamples() {
      try (Stream<Path> files = Files.walk(ROOT.resolve("examples/src/main/java"))) {
        return files.filter(file -> file.endsWith(test + ".java")).findFirst();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** The lines of the region in the test's source, without common indentation. */
    String tested() {
      Path source = source();
      Pattern pattern =
          Pattern.compile("// region " + region + "\\R(.*?)\\R[ ]*// endregion", Pattern.DOTALL);
      Matcher matcher = pattern.matcher(read(source));
      if (!matcher.find()) {
        throw new IllegalStateException(source + " has no region \"" + region + "\"");
      }
      return matcher.group(1).stripTrailing().stripIndent().strip();
    }
  }

  static final Path DOCS = Path.of("").toAbsolutePath();
  static final Path ROOT = DOCS.getParent();

  private static final Pattern BLOCK =
      Pattern.compile("<!-- snippet: (\\w+)#(\\w+) -->\\s*```java\\R(.*?)```", Pattern.DOTALL);

  private Snippets() {}

  /** All pages: README and its like, and everything below docs. */
  static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>();
    pages.add(ROOT.resolve("README.md"));
    pages.add(ROOT.resolve("CHANGELOG.md"));
    pages.add(ROOT.resolve(".github/CONTRIBUTING.md"));
    pages.add(ROOT.resolve(".github/SECURITY.md"));
    pages.add(ROOT.resolve("core/cuda/README.md"));
    try (var files = Files.walk(DOCS)) {
      files
          .filter(file -> file.toString().endsWith(".md"))
          .filter(file -> !file.startsWith(DOCS.resolve("target")))
          .forEach(pages::add);
    }
    return pages;
  }

  static List<Snippet> all() throws IOException {
    List<Snippet> snippets = new ArrayList<>();
    for (Path page : pages()) {
      Matcher matcher = BLOCK.matcher(read(page));
      while (matcher.find()) {
        snippets.add(
            new Snippet(page, matcher.group(1), matcher.group(2), matcher.group(3).strip()));
      }
    }
    return snippets;
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
