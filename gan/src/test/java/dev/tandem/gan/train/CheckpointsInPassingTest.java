package dev.tandem.gan.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.data.DataFileException;
import dev.tandem.gan.objective.Objective;
import dev.tandem.gan.objective.loss.AdversarialLosses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When states of a run are saved, and what happens when they cannot be. */
class CheckpointsInPassingTest {

  @TempDir Path directory;

  private static AdversarialTrainer start() {
    return TwoNumbers.recipe(Objective.of(AdversarialLosses.wasserstein()))
        .start(TwoNumbers.threes());
  }

  private static List<String> names(Path series) throws IOException {
    try (Stream<Path> files = Files.list(series)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void states_byTime_areSavedBetweenThoseByRounds() throws IOException {
    try (AdversarialTrainer trainer = start()) {
      trainer.with(RollingCheckpoints.in(directory, 9, 1000).orEvery(Duration.ofNanos(1))).train(3);
    }
    assertThat(names(directory))
        .containsExactly("step-000000001", "step-000000002", "step-000000003");
    assertThatThrownBy(() -> RollingCheckpoints.in(directory, 1, 1).orEvery(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("time between checkpoints is not above 0: PT0S");
  }

  @Test
  void whatIsSavedBeside_comesBeforeEachStateAndIsTriedAgainAtTheEnd() {
    List<String> saved = new ArrayList<>();
    try (AdversarialTrainer trainer = start()) {
      trainer
          .with(
              RollingCheckpoints.in(directory, 9, 2)
                  .with(
                      at -> {
                        long round = at.counters().rounds();
                        saved.add(round + " " + RollingCheckpoints.in(directory, 9, 2).latest());
                        if (round == 4 && saved.size() == 2) {
                          throw new DataFileException("beside", "is full");
                        }
                      })
                  .goingOnWithout())
          .train(4);
    }
    assertThat(saved)
        .extracting(text -> text.replaceAll(" .*step-0*(\\d+).*", " $1"))
        .containsExactly("2 Optional.empty", "4 2", "4 2");
  }

  @Test
  void state_thatCannotBeWritten_isSaidAndTheTrainingGoesOn() throws IOException {
    Path series = directory.resolve("checkpoints");
    Files.writeString(series, "in the way");
    AdversarialCallback clear =
        new AdversarialCallback() {
          @Override
          public void onRound(AdversarialTrainer trainer, Round round) {
            if (round.number() == 2) {
              try {
                Files.delete(series);
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            }
          }
        };
    try (AdversarialTrainer trainer = start()) {
      trainer.with(RollingCheckpoints.in(series, 9, 1).goingOnWithout()).with(clear).train(3);
      assertThat(trainer.counters().rounds()).isEqualTo(3);
    }
    assertThat(names(series)).containsExactly("step-000000003");
  }

  @Test
  void lastState_thatCannotBeWritten_isAnError() throws IOException {
    Path series = directory.resolve("checkpoints");
    Files.writeString(series, "in the way");
    try (AdversarialTrainer trainer = start()) {
      trainer.with(RollingCheckpoints.in(series, 9, 2).goingOnWithout());
      assertThatThrownBy(() -> trainer.train(3)).isInstanceOf(DataFileException.class);
      assertThat(trainer.counters().rounds()).isEqualTo(3);
    }
  }
}
