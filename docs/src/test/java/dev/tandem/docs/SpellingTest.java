package dev.tandem.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Pages, sources and their comments are in American English. */
class SpellingTest {

  /** British spellings, in words and parts of names. */
  private static final Pattern BRITISH =
      Pattern.compile(
          "(?:character|custom|factor|general|initial|maxim|minim|normal|optim|organ|penal|quant"
              + "|random|recogn|regular|serial|special|standard|summar|synchron|util|vector|visual)"
              + "is(?:e|ed|er|es|ing|ation)(?![a-z])"
              + "|analys(?:e|ed|ing)(?![a-z])"
              + "|(?:behavi|col|fav|flav|hon|neighb)our"
              + "|artefact|(?:cancel|model|travel)l(?:ed|ing)(?![a-z])"
              + "|(?:cent|fib|lit)re(?:s|d)?(?![a-z])|(?<![a-z])grey|judgement|licence|defence",
          Pattern.CASE_INSENSITIVE);

  /** This list, and the log of earlier versions. */
  private static final List<String> LEFT_OUT = List.of("SpellingTest.java", "CHANGELOG.md");

  private static List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>(Snippets.pages());
    for (String module :
        List.of(
            "core",
            "core/cuda",
            "core/dl4j",
            "core/keras",
            "core/onnx",
            "core/spark",
            "gan",
            "gan/dashboard",
            "examples",
            "docs")) {
      try (Stream<Path> sources = Files.walk(Snippets.ROOT.resolve(module).resolve("src"))) {
        sources.filter(file -> file.toString().endsWith(".java")).forEach(files::add);
      }
    }
    files.removeIf(file -> LEFT_OUT.contains(file.getFileName().toString()));
    return files;
  }

  @Test
  void words_inPagesAndSources_areAmerican() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path file : files()) {
      BRITISH
          .matcher(Snippets.read(file))
          .results()
          .map(MatchResult::group)
          .map(word -> word.toLowerCase(Locale.ROOT))
          .distinct()
          .forEach(word -> found.add(Snippets.ROOT.relativize(file) + ": " + word));
    }
    assertThat(found).isEmpty();
  }
}
