package dev.tandem.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.data.DataFileException;
import dev.tandem.core.data.Dataset;
import dev.tandem.core.loss.Losses;
import dev.tandem.core.model.Model;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.train.Callback;
import dev.tandem.core.train.Fit;
import dev.tandem.core.train.FitProgress;
import dev.tandem.core.train.Trainer;
import dev.tandem.core.train.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointSeriesTest {

  private static final Dataset DATA =
      Dataset.builder()
          .input("image", Nets.numbers(1, 7, 4, 4, 1))
          .target("dense", Nets.numbers(2, 7, 1).gt(0).castTo(Nets.numbers(2, 1).dataType()))
          .build();

  @TempDir Path folder;

  private final Model model = Nets.chain("m", 1);
  private final Checkpoint checkpoint = Checkpoint.of().with(model);

  private static List<String> names(CheckpointSeries series) {
    return series.all().stream().map(path -> path.getFileName().toString()).toList();
  }

  private static Trainer trainer(long seed) {
    return Nets.discriminator(seed)
        .compile(Training.with(Adam.rate(0.01)).loss(Losses.binaryCrossentropy()).seed(9));
  }

  @Test
  void save_ofMoreThanAreKept_deletesTheOldest() {
    CheckpointSeries series = CheckpointSeries.in(folder.resolve("runs"), 2);
    assertThat(series.latest()).isEmpty();

    for (int step = 1; step <= 4; step++) {
      series.save(checkpoint, step * 50L, RunState.empty());
    }

    assertThat(names(series)).containsExactly("step-000000150", "step-000000200");
    assertThat(series.latest()).contains(folder.resolve("runs/step-000000200"));
    assertThat(folder.resolve("runs").toFile().list()).hasSize(2);
  }

  @Test
  void save_ofTheSameStep_replacesIt() {
    CheckpointSeries series = CheckpointSeries.in(folder, 2);
    series.save(checkpoint, 7, RunState.empty().with("n", 1));
    Path path = series.save(checkpoint, 7, RunState.empty().with("n", 2));

    assertThat(names(series)).hasSize(1);
    assertThat(checkpoint.restore(path).number("n")).isEqualTo(2);
  }

  @Test
  void checkpoint_isHandedOnWhenItIsWholeAndBeforeOlderOnesAreDeleted() {
    List<List<String>> seen = new ArrayList<>();
    CheckpointSeries plain = CheckpointSeries.in(folder, 1);
    CheckpointSeries series =
        plain.handingOn(
            path -> {
              assertThat(checkpoint.restore(path)).isNotNull();
              seen.add(names(plain));
              if (path.endsWith("step-000000003")) {
                throw new IllegalStateException("no way there");
              }
            });
    series.save(checkpoint, 1, RunState.empty());
    series.save(checkpoint, 2, RunState.empty());
    assertThatThrownBy(() -> series.save(checkpoint, 3, RunState.empty()))
        .hasMessage("no way there");

    assertThat(seen)
        .containsExactly(
            List.of("step-000000001"),
            List.of("step-000000001", "step-000000002"),
            List.of("step-000000002", "step-000000003"));
  }

  @Test
  void save_ofAnEarlierStep_isRefused() {
    CheckpointSeries series = CheckpointSeries.in(folder, 2);
    series.save(checkpoint, 7, RunState.empty());

    assertThatThrownBy(() -> series.save(checkpoint, 6, RunState.empty()))
        .isInstanceOf(DataFileException.class)
        .hasMessageContaining(
            "comes before step-000000007, which is there already; go on from that one,")
        .hasMessageStartingWith(folder.resolve("step-000000006").toString());
  }

  @Test
  void save_besideOtherThings_leavesThem() throws IOException {
    CheckpointSeries series = CheckpointSeries.in(folder, 1);
    Files.createDirectories(folder.resolve("step-000000002/notes"));
    Files.createDirectories(folder.resolve("step-by-step"));
    series.save(checkpoint, 1, RunState.empty());
    Files.writeString(folder.resolve("step-000000001/why.txt"), "mine");

    series.save(checkpoint, 3, RunState.empty());

    assertThat(names(series)).containsExactly("step-000000003");
    assertThat(folder.resolve("step-000000002/notes")).exists();
    assertThat(folder.resolve("step-by-step")).exists();
    assertThat(folder.resolve("step-000000001").toFile().list()).containsExactly("why.txt");
  }

  @Test
  void save_afterCrashesAnywhere_keepsAWholeOneAndTidiesUp() {
    CheckpointSeries series = CheckpointSeries.in(folder.resolve("runs"), 1);
    CrashingDisk whole = CrashingDisk.never();
    series.save(checkpoint, 0, RunState.empty());
    series.save(checkpoint, 1, RunState.empty(), whole);
    for (int steps = 1; steps <= whole.steps().size(); steps++) {
      CrashingDisk disk = CrashingDisk.killedAfter(steps);
      long number = 2L * steps;

      assertThatThrownBy(() -> series.save(checkpoint, number, RunState.empty(), disk))
          .isInstanceOf(CrashingDisk.Crash.class);

      assertThat(series.latest()).isPresent();
      checkpoint.restore(series.latest().orElseThrow());
      series.save(checkpoint, number + 1, RunState.empty());
      assertThat(folder.resolve("runs").toFile().list()).hasSize(1);
    }
  }

  @Test
  void fit_thatWasInterrupted_goesOnFromTheLastEpoch() {
    Map<String, List<Double>> expected;
    try (Trainer whole = trainer(1)) {
      whole.fit(DATA, Fit.epochs(4).batchSize(2).seed(3));
      expected = Nets.values(whole.model());
    }
    CheckpointSeries series = CheckpointSeries.in(folder, 3);
    try (Trainer first = trainer(1)) {
      first.fit(DATA, Fit.epochs(2).batchSize(2).seed(3).callbacks(series));
    }
    assertThat(names(series)).containsExactly("step-000000004", "step-000000008");

    try (Trainer second = trainer(2)) {
      RunState state = Checkpoint.of(second).restore(series.latest().orElseThrow());
      second.fit(
          DATA,
          Fit.epochs(4)
              .batchSize(2)
              .seed(3)
              .from(state.position().orElseThrow())
              .callbacks(series));

      assertThat(Nets.values(second.model())).isEqualTo(expected);
    }
    assertThat(names(series)).containsExactly("step-000000008", "step-000000012", "step-000000016");
  }

  @Test
  void fit_intoADirectoryWithLaterCheckpoints_isRefusedBeforeItsFirstStep() {
    CheckpointSeries series = CheckpointSeries.in(folder, 3);
    series.save(checkpoint, 9, RunState.empty());
    try (Trainer trainer = trainer(1)) {
      Map<String, List<Double>> before = Nets.values(trainer.model());

      // also where the first epoch would end behind what is there
      for (int batch : new int[] {7, 1}) {
        assertThatThrownBy(
                () -> trainer.fit(DATA, Fit.epochs(20).batchSize(batch).callbacks(series)))
            .isInstanceOf(DataFileException.class)
            .hasMessageStartingWith(folder.resolve("step-000000000").toString())
            .hasMessageContaining("comes before step-000000009")
            .hasMessageContaining("setAside(0)");
      }
      assertThat(trainer.steps()).isZero();
      assertThat(Nets.values(trainer.model())).isEqualTo(before);

      series.setAside(trainer.steps());
      trainer.fit(DATA, Fit.epochs(2).batchSize(7).callbacks(series));
      assertThat(names(series)).containsExactly("step-000000001", "step-000000002");
    }
  }

  @Test
  void setAside_ofLaterSteps_takesThemOutOfTheSeries() {
    CheckpointSeries series = CheckpointSeries.in(folder, 4);
    for (int step = 1; step <= 4; step++) {
      series.save(checkpoint, step, RunState.empty().with("n", step));
    }

    series.setAside(4);
    assertThat(names(series)).hasSize(4);
    series.setAside(2);

    assertThat(names(series)).containsExactly("step-000000001", "step-000000002");
    assertThat(folder.toFile().list()).contains("aside-step-000000003", "aside-step-000000004");
    assertThat(checkpoint.restore(folder.resolve("aside-step-000000003")).number("n")).isEqualTo(3);
    series.save(checkpoint, 3, RunState.empty());
    series.setAside(1); // the ones of before make room
    assertThat(folder.toFile().list())
        .containsExactlyInAnyOrder(
            "step-000000001", "aside-step-000000002", "aside-step-000000003");
  }

  @Test
  void setAside_afterCrashesAnywhere_leavesOneToGoOnFrom() {
    for (int steps = 1; ; steps++) {
      CheckpointSeries series = CheckpointSeries.in(folder.resolve("runs" + steps), 9);
      for (int step = 1; step <= 5; step++) {
        series.save(checkpoint, step, RunState.empty().with("n", step));
      }
      series.setAside(4);
      CrashingDisk disk = CrashingDisk.killedAfter(steps);
      boolean over = false;
      try {
        series.setAside(2, disk);
        over = true;
      } catch (CrashingDisk.Crash e) {
        // goes on as a new process does
      }

      RunState latest = checkpoint.restore(series.latest().orElseThrow());
      assertThat(latest.number("n")).as("after %s", steps).isBetween(2L, 4L);
      series.setAside(2);
      series.save(checkpoint, 3, RunState.empty());
      assertThat(names(series))
          .containsExactly("step-000000001", "step-000000002", "step-000000003");
      if (over) {
        assertThat(steps).isGreaterThan(5);
        return;
      }
    }
  }

  /** Notes the loss of each epoch. */
  private static final class LossNotes implements Callback {
    private final List<Double> losses = new ArrayList<>();

    @Override
    public void onEpoch(FitProgress progress) {
      losses.add(progress.history().last("loss"));
    }
  }

  @Test
  void best_ofAFit_isTheEpochOfTheLowestLoss() {
    LossNotes notes = new LossNotes();
    Path best = folder.resolve("best");
    try (Trainer trainer = trainer(1)) {
      trainer.fit(
          DATA, Fit.epochs(6).batchSize(3).callbacks(notes, BestCheckpoint.lowest(best, "loss")));

      double lowest = notes.losses.stream().mapToDouble(loss -> loss).min().orElseThrow();
      RunState state = Checkpoint.of(trainer).restore(best);
      assertThat(state.text("loss")).isEqualTo(Double.toString(lowest));
      assertThat(state.position().orElseThrow().epoch())
          .isEqualTo(notes.losses.indexOf(lowest) + 1);
    }
  }

  @Test
  void best_ofASecondFit_hasToBeatTheFirst() {
    Path best = folder.resolve("best");
    try (Trainer trainer = trainer(1)) {
      trainer.fit(DATA, Fit.epochs(1).callbacks(BestCheckpoint.highest(best, "loss")));
      String first = Checkpoint.of(trainer).restore(best).text("loss");
      trainer.fit(DATA, Fit.epochs(8).callbacks(BestCheckpoint.highest(best, "loss")));

      double highest = Double.parseDouble(Checkpoint.of(trainer).restore(best).text("loss"));
      assertThat(highest).isGreaterThanOrEqualTo(Double.parseDouble(first));
    }
  }

  @Test
  void best_overASaveOfAnotherKind_isRefusedBeforeTheFirstStep() {
    Weights.save(model, folder.resolve("best"));
    try (Trainer trainer = trainer(1)) {
      Fit fit = Fit.epochs(1).callbacks(BestCheckpoint.lowest(folder.resolve("best"), "loss"));

      assertThatThrownBy(() -> trainer.fit(DATA, fit))
          .isInstanceOf(DataFileException.class)
          .hasMessageContaining("holds a save that was not chosen by \"loss\"");
      assertThat(trainer.steps()).isZero();
    }
  }

  @Test
  void in_keepingNone_isRefused() {
    assertThatThrownBy(() -> CheckpointSeries.in(folder, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("number of kept checkpoints is not at least 1: 0");
    assertThatThrownBy(() -> CheckpointSeries.in(folder, 1).save(checkpoint, -1, RunState.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("step is not at least 0: -1");
  }
}
