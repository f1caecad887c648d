package dev.tandem.core.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.ForkedJvm;
import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.model.Model;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills processes that save, and reads while others save. */
class KilledSaveTest {

  @TempDir Path folder;

  /** Saves and saves; every number of a save is the number of the save. */
  static final class Saver {

    private final Model model =
        Model.sequential("m", Input.of("x", 300), Dense.units(500).named("d"));
    private final Checkpoint checkpoint = Checkpoint.of().with(model);

    void save(Path directory, int number) {
      for (Weight weight : model.weights()) {
        weight.variable().array().assign(number);
      }
      checkpoint.save(directory, RunState.empty().with("number", number));
    }

    int restore(Path directory) {
      int number = (int) checkpoint.restore(directory).number("number");
      for (Weight weight : model.weights()) {
        assertThat(weight.variable().array().minNumber().intValue()).isEqualTo(number);
        assertThat(weight.variable().array().maxNumber().intValue()).isEqualTo(number);
      }
      return number;
    }

    public static void main(String[] args) throws IOException {
      Saver saver = new Saver();
      int number = Integer.parseInt(args[1]);
      while (System.in.available() == 0) {
        saver.save(Path.of(args[0]), number++);
        System.out.println(number);
      }
    }
  }

  @Test
  void restore_whileAnotherThreadSaves_isAlwaysOfOneSave() throws InterruptedException {
    Path directory = folder.resolve("run");
    Saver writer = new Saver();
    Saver reader = new Saver();
    writer.save(directory, 0);
    Thread saving =
        new Thread(
            () -> {
              for (int number = 1; number <= 40; number++) {
                writer.save(directory, number);
              }
            });

    saving.start();
    int last = 0;
    while (saving.isAlive()) {
      int number = reader.restore(directory);
      assertThat(number).isGreaterThanOrEqualTo(last);
      last = number;
    }
    saving.join();

    assertThat(reader.restore(directory)).isEqualTo(40);
  }

  @Test
  @Tag("heavy")
  void restore_afterProcessesWereKilled_isAlwaysOfOneSave()
      throws IOException, InterruptedException {
    Path directory = folder.resolve("run");
    Saver reader = new Saver();
    Random random = new Random(1);
    int last = 0;
    reader.save(directory, last);
    for (int i = 0; i < 10; i++) {
      Process process =
          ForkedJvm.of(
                  "-cp",
                  System.getProperty("java.class.path"),
                  Saver.class.getName(),
                  directory.toString(),
                  Integer.toString(last + 1))
              .start();
      awaitFirstSave(process);
      Thread.sleep(random.nextInt(300));
      process.destroyForcibly();
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();

      int number = reader.restore(directory);

      assertThat(number).isGreaterThan(last);
      last = number;
    }
  }

  private static void awaitFirstSave(Process process) throws IOException {
    var lines = process.inputReader();
    String line = lines.readLine();
    while (line != null && !line.matches("\\d+")) {
      line = lines.readLine();
    }
    assertThat(line).as("the first number that was saved").isNotNull();
  }
}
