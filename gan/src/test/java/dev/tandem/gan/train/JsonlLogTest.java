package dev.tandem.gan.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tandem.core.data.DataFileException;
import dev.tandem.gan.objective.Objective;
import dev.tandem.gan.objective.loss.AdversarialLosses;
import dev.tandem.gan.objective.penalty.Penalties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the log of a run holds, and how it is taken up. */
class JsonlLogTest {

  private static final JsonMapper JSON = new JsonMapper();

  @TempDir Path directory;

  private static AdversarialTraining recipe() {
    return TwoNumbers.recipe(
        Objective.of(AdversarialLosses.wasserstein()).penalty(Penalties.r1(2)));
  }

  private Path file() {
    return directory.resolve("metrics.jsonl");
  }

  private List<JsonNode> lines() throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(file())) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }

  private List<Long> rounds() throws IOException {
    return lines().stream().map(line -> line.get("round").asLong()).toList();
  }

  @Test
  void line_ofARound_hasAllItsNumbers() throws IOException {
    try (AdversarialTrainer trainer = recipe().start(TwoNumbers.threes())) {
      trainer.with(JsonlLog.to(file()).every(1)).train(1);
    }

    JsonNode line = lines().get(0);
    assertThat(line.fieldNames())
        .toIterable()
        .containsExactly(
            "round",
            "images",
            "seconds",
            "d_loss",
            "g_loss",
            "d_adversarial",
            "d_r1",
            "g_adversarial",
            "d_real",
            "d_fake",
            "d_rate",
            "g_rate",
            "d_gradient_norm",
            "g_gradient_norm");
    assertThat(line.get("images").asLong()).isEqualTo(4);
    assertThat(line.get("d_loss").asDouble()).isEqualTo(-1);
    assertThat(line.get("d_real").asDouble()).isEqualTo(6);
    assertThat(line.get("d_gradient_norm").asDouble()).isEqualTo(1.5);
    assertThat(line.get("d_rate").asDouble()).isEqualTo(0.1);
    assertThat(line.get("seconds").asDouble()).isBetween(0.0, 600.0);
  }

  @Test
  void lines_areEverySoManyRoundsAndTheLast() throws IOException {
    try (AdversarialTrainer trainer = recipe().start(TwoNumbers.threes())) {
      trainer.with(JsonlLog.to(file()).every(2)).train(5);
    }
    assertThat(rounds()).containsExactly(2L, 4L, 5L);
  }

  @Test
  void number_thatIsNone_isNull() throws IOException {
    AdversarialTraining slow = recipe().schedule(Alternation.alternating().discriminatorSteps(0.5));
    try (AdversarialTrainer trainer = slow.start(TwoNumbers.threes())) {
      trainer.with(JsonlLog.to(file()).every(1)).train(2);
    }
    assertThat(lines().get(0).get("d_loss").isNull()).isTrue();
    assertThat(lines().get(1).get("d_loss").isNumber()).isTrue();
  }

  @Test
  void run_thatGoesOn_keepsTheLinesUpToItsRound() throws IOException {
    Path saved = directory.resolve("saved");
    try (AdversarialTrainer trainer = recipe().start(TwoNumbers.threes())) {
      trainer.with(JsonlLog.to(file()).every(1)).train(2);
      trainer.save(saved);
      trainer.train(3);
    }
    assertThat(rounds()).containsExactly(1L, 2L, 3L, 4L, 5L);
    Files.writeString(file(), "{\"round\":6,\"ima", StandardOpenOption.APPEND);
    double before = lines(2).get(1).get("seconds").asDouble();

    try (AdversarialTrainer trainer = recipe().resume(TwoNumbers.threes(), saved)) {
      trainer.with(JsonlLog.to(file()).every(1)).train(2);
    }

    assertThat(rounds()).containsExactly(1L, 2L, 3L, 4L);
    assertThat(lines().get(2).get("seconds").asDouble()).isGreaterThanOrEqualTo(before);
    try (AdversarialTrainer trainer = recipe().start(TwoNumbers.threes())) {
      trainer.with(JsonlLog.to(file()).every(1)).train(1);
    }
    assertThat(rounds()).containsExactly(1L);
  }

  private List<JsonNode> lines(int first) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(file()).subList(0, first)) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }

  @Test
  void line_thatCannotBeWritten_doesNotEndTheTraining() throws IOException {
    AdversarialCallback spoil =
        new AdversarialCallback() {
          @Override
          public void onRound(AdversarialTrainer trainer, Round round) {
            if (round.number() == 1) {
              try {
                Files.delete(file());
                Files.createDirectory(file());
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            }
          }
        };
    try (AdversarialTrainer trainer = recipe().start(TwoNumbers.threes())) {
      trainer.with(JsonlLog.to(file()).every(1)).with(spoil).train(3);
      assertThat(trainer.counters().rounds()).isEqualTo(3);
    }
  }

  @Test
  void file_inNoFolder_isRefusedBeforeTheFirstRound() {
    Path nowhere = directory.resolve("none/metrics.jsonl");
    try (AdversarialTrainer trainer = recipe().start(TwoNumbers.threes())) {
      trainer.with(JsonlLog.to(nowhere));
      assertThatThrownBy(() -> trainer.train(1))
          .isInstanceOf(DataFileException.class)
          .hasMessageContaining("cannot be written");
      assertThat(trainer.counters().rounds()).isZero();
    }
  }

  @Test
  void measure_isWrittenInItsRoundsAndItsBestStateKept() throws IOException {
    Path best = directory.resolve("best");
    double[] values = {3, 1, Double.NaN, 2};
    Measuring measuring =
        Measuring.of("fid", 2, trainer -> values[(int) trainer.counters().rounds() / 2 - 1])
            .keepingLowest(best);
    Path saved = directory.resolve("saved");
    try (AdversarialTrainer trainer = recipe().start(TwoNumbers.threes())) {
      trainer.with(JsonlLog.to(file()).every(3).with(measuring)).train(8);
      trainer.save(saved);
    }

    assertThat(rounds()).containsExactly(2L, 3L, 4L, 6L, 8L);
    assertThat(lines().get(2).get("fid").asDouble()).isEqualTo(1);
    assertThat(lines().get(1).has("fid")).isFalse();
    assertThat(lines().get(3).get("fid").isNull()).isTrue();
    assertThat(roundOf(best)).isEqualTo(4);
    Measuring worse = Measuring.of("fid", 1, trainer -> 1.5).keepingLowest(best);
    try (AdversarialTrainer trainer = recipe().resume(TwoNumbers.threes(), saved)) {
      trainer.with(worse).train(1);
    }
    assertThat(roundOf(best)).isEqualTo(4);
    assertThat(worse.toString()).isEqualTo("fid 1.500 in round 9");
  }

  private static long roundOf(Path checkpoint) {
    try (AdversarialTrainer trainer = recipe().resume(TwoNumbers.threes(), checkpoint)) {
      return trainer.counters().rounds();
    }
  }
}
