package dev.tandem.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.data.DataFileException;
import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.model.Model;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.factory.Nd4j;

/** Ends a save after each of its steps, and looks at what is left. */
class CrashTest {

  private enum End {
    KILL {
      @Override
      CrashingDisk after(int steps) {
        return CrashingDisk.killedAfter(steps);
      }
    },
    POWER_FAILURE {
      @Override
      CrashingDisk after(int steps) {
        return CrashingDisk.withoutPowerAfter(steps);
      }
    };

    abstract CrashingDisk after(int steps);
  }

  private static final List<String> STEPS =
      List.of(
          "create directory run",
          "create arrays-1.bin",
          "write arrays-1.bin",
          "write arrays-1.bin",
          "write arrays-1.bin",
          "write arrays-1.bin",
          "force arrays-1.bin",
          "create manifest.json.new",
          "write manifest.json.new",
          "force manifest.json.new",
          "force directory run",
          "replace manifest.json",
          "force directory run",
          "delete arrays-0.bin");

  private static final int COMMIT = STEPS.indexOf("replace manifest.json") + 1;

  @TempDir Path folder;

  private final Model model = Model.sequential("m", Input.of("x", 2), Dense.units(3).named("d"));
  private final Checkpoint checkpoint = Checkpoint.of().with(model);

  /** Every number of a save is the number of the save. */
  private void save(Path directory, int number, Disk disk) {
    for (Weight weight : model.weights()) {
      weight.set(Nd4j.valueArrayOf(weight.shape().toArray(), (float) number));
    }
    checkpoint.save(directory, RunState.empty().with("number", number), disk);
  }

  private void crash(Path directory, int number, Disk disk) {
    assertThatThrownBy(() -> save(directory, number, disk)).isInstanceOf(CrashingDisk.Crash.class);
  }

  /** The number of the save in a directory, which has to be whole. */
  private int number(Path directory) {
    model.weights().forEach(weight -> weight.set(weight.values().assign(-1)));
    int number = (int) checkpoint.restore(directory).number("number");
    assertThat(model.weights())
        .allSatisfy(weight -> assertThat(Nets.values(weight.values())).containsOnly(number * 1.0));
    return number;
  }

  private static void assertTidy(Path directory) {
    assertThat(directory.toFile().list()).hasSize(2).contains("manifest.json");
  }

  @Test
  void save_overAnother_takesTheseSteps() {
    Path directory = folder.resolve("run");
    save(directory, 1, Disk.LOCAL);
    CrashingDisk disk = CrashingDisk.never();

    save(directory, 2, disk);

    assertThat(disk.steps()).containsExactlyElementsOf(STEPS);
  }

  @ParameterizedTest
  @EnumSource(End.class)
  void restore_afterASaveThatEndedAnywhere_givesTheOldOrTheNewSave(End end) {
    for (int steps = 1; steps <= STEPS.size(); steps++) {
      Path directory = folder.resolve(steps + "/run");
      save(directory, 1, Disk.LOCAL);

      crash(directory, 2, end.after(steps));

      assertThat(number(directory)).as("after %s", steps).isEqualTo(steps < COMMIT ? 1 : 2);
      save(directory, 3, Disk.LOCAL);
      assertThat(number(directory)).isEqualTo(3);
      assertTidy(directory);
    }
  }

  @ParameterizedTest
  @EnumSource(End.class)
  void restore_afterTwoSavesThatEndedAnywhere_givesTheLastOneThatCounted(End end) {
    for (int first : List.of(3, COMMIT - 1, COMMIT)) {
      for (int second = 1; second < STEPS.size(); second++) {
        Path directory = folder.resolve(first + "-" + second + "/run");
        save(directory, 1, Disk.LOCAL);
        crash(directory, 2, end.after(first));
        CrashingDisk disk = end.after(second);

        crash(directory, 3, disk);

        int before = first < COMMIT ? 1 : 2;
        int expected = disk.steps().contains("replace manifest.json") ? 3 : before;
        assertThat(number(directory)).as("after %s and %s", first, second).isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(End.class)
  void restore_afterAFirstSaveThatEndedAnywhere_givesItOrSaysThatThereIsNone(End end) {
    CrashingDisk whole = CrashingDisk.never();
    save(folder.resolve("run0"), 1, whole);
    int commit = whole.steps().indexOf("replace manifest.json") + 1;
    for (int steps = 1; steps <= whole.steps().size(); steps++) {
      Path directory = folder.resolve("run" + steps);

      crash(directory, 1, end.after(steps));

      if (steps < commit) {
        assertThatThrownBy(() -> number(directory))
            .isInstanceOf(DataFileException.class)
            .message()
            .containsAnyOf("is empty", "nothing was ever saved to it completely");
      } else {
        assertThat(number(directory)).isEqualTo(1);
      }
      save(directory, 2, Disk.LOCAL);
      assertThat(number(directory)).isEqualTo(2);
      assertTidy(directory);
    }
  }

  @Test
  void delete_thatEndedAnywhere_leavesTheSaveOrNothingThatLooksLikeOne() {
    for (int steps = 1; steps <= 3; steps++) {
      Path directory = folder.resolve(steps + "/run");
      save(directory, 1, Disk.LOCAL);
      CrashingDisk disk = CrashingDisk.killedAfter(steps);

      assertThatThrownBy(() -> Target.delete(directory, disk))
          .isInstanceOf(CrashingDisk.Crash.class);

      assertThat(Target.holdsSave(directory)).isFalse();
      assertThat(directory.toFile().exists()).isEqualTo(steps < 3);
    }
  }

  @Test
  void save_thatRunsOutOfSpace_leavesTheOldSaveAndNothingElse() {
    Path directory = folder.resolve("run");
    save(directory, 1, Disk.LOCAL);
    Disk full =
        new Disk() {
          @Override
          void force(FileChannel channel, Path file) throws IOException {
            throw new IOException("No space left on device");
          }
        };

    assertThatThrownBy(() -> save(directory, 2, full))
        .isInstanceOf(DataFileException.class)
        .hasMessageStartingWith(
            directory + ": cannot be written (java.io.IOException: No space left on device)")
        .hasMessageEndingWith("What was there before is untouched");
    assertTidy(directory);
    assertThat(number(directory)).isEqualTo(1);
  }
}
