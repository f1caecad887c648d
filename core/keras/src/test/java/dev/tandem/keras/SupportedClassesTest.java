package dev.tandem.keras;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The page on Keras lists all classes that are imported, and no other. */
class SupportedClassesTest {

  private static final Path PAGE = Path.of("").toAbsolutePath().resolve("../../docs/keras.md");

  @Test
  void theTable_onThePage_isThatOfTheCode() throws IOException {
    List<String> expected = new ArrayList<>();
    LayerReaders.supported()
        .forEach((type, entry) -> expected.add("| `" + type + "` | " + entry.becomes() + " |"));

    String page = Files.readString(PAGE);
    String head = "| class in Keras | becomes |\n|---|---|\n";
    int from = page.indexOf(head) + head.length();
    List<String> shown =
        page.substring(from).lines().takeWhile(line -> line.startsWith("|")).toList();

    assertThat(shown).isEqualTo(expected);
  }

  @Test
  void activations_onThePage_areThoseOfMessages() throws IOException {
    String page = Files.readString(PAGE);
    for (String name : KerasValues.ACTIVATIONS.split(", ")) {
      assertThat(page).contains(name);
    }
  }
}
