package dev.tandem.gan.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tandem.core.data.DataFileException;
import dev.tandem.gan.objective.Objective;
import dev.tandem.gan.objective.loss.AdversarialLosses;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the file of a run says of its steps. */
class ModelsFileTest {

  @TempDir Path directory;

  private JsonNode written() throws IOException {
    Path file = directory.resolve("models.json");
    AdversarialTraining recipe = TwoNumbers.recipe(Objective.of(AdversarialLosses.wasserstein()));
    try (AdversarialTrainer trainer = recipe.start(TwoNumbers.threes())) {
      ModelsFile.write(trainer, file);
      assertThatThrownBy(() -> ModelsFile.write(trainer, directory.resolve("no/models.json")))
          .isInstanceOf(DataFileException.class)
          .hasMessageContaining("cannot be written");
    }
    return new JsonMapper().readTree(file.toFile());
  }

  private static JsonNode named(JsonNode list, String name) {
    for (JsonNode one : list) {
      if (one.path("name").asText().equals(name)) {
        return one;
      }
    }
    throw new AssertionError(name + " is not in " + list);
  }

  @Test
  void file_ofARun_saysWhatEachTrainerMovesAndWhatIsFrozenInIt() throws IOException {
    JsonNode json = written();

    JsonNode d = named(json.get("trainers"), "discriminator_step");
    JsonNode g = named(json.get("trainers"), "generator_step");
    String critic = json.get("nets").get(0).get("name").asText();
    assertThat(d.get("moves").asLong()).isPositive().isLessThan(d.get("params").asLong());
    assertThat(named(d.get("parts"), critic).get("moves").asText()).isEqualTo("yes");
    assertThat(named(g.get("parts"), critic).get("moves").asText()).isEqualTo("no");
    assertThat(named(d.get("parts"), critic).get("calls")).hasSize(2);
    for (JsonNode part : named(json.get("nets"), critic).get("parts")) {
      boolean weightless = part.get("params").asLong() == 0;
      assertThat(part.get("moves").get("discriminator_step").asText())
          .isEqualTo(weightless ? "none" : "yes");
      assertThat(part.get("moves").get("generator_step").asText())
          .isEqualTo(weightless ? "none" : "no");
    }
  }
}
