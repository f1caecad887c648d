package dev.tandem.examples.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.io.CheckpointSeries;
import dev.tandem.core.worker.Workers;
import dev.tandem.gan.config.Config;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What workers of a run tell, and what becomes of it. */
@Timeout(60)
class WorkerRunTest {

  @TempDir Path directory;

  private static Config config(int steps) {
    return Config.preset("dcgan")
        .set("data.name=ring8-unrolled")
        .set("batch=16")
        .set("seed=1")
        .set("checkpoints.every=4")
        .set("budget.rounds=" + steps);
  }

  /** Two workers, the second of which tells nobody. */
  private void train(Config config, Optional<Path> newest, String saved, RunDesk desk) {
    Workers.threads(2)
        .run(
            worker ->
                new WorkerRun(
                        config,
                        worker,
                        newest,
                        CheckpointSeries.in(directory.resolve(saved + worker.rank()), 3),
                        2,
                        (name, content) -> {
                          assertThat(worker.rank()).isZero();
                          desk.tell(name, content);
                        })
                    .train());
  }

  @Test
  void run_ofTwoWorkers_leavesAFolderAndGoesOn() throws IOException {
    Path folder = directory.resolve("run");
    StringWriter out = new StringWriter();
    RunDesk desk = RunDesk.open(config(6), folder, new PrintWriter(out));
    train(config(6), Optional.empty(), "first-", desk);

    assertThat(folder)
        .isDirectoryContaining("glob:**/config.yaml")
        .isDirectoryContaining("glob:**/models.json")
        .isDirectoryContaining("glob:**/samples.png")
        .isDirectoryContaining("glob:**/step-000006.png")
        .isDirectoryContaining("glob:**/generator.json");
    assertThat(GeneratorFile.load(folder).model().inputs()).containsKey("noise");
    List<String> numbers = Files.readAllLines(folder.resolve("metrics.jsonl"));
    assertThat(numbers).hasSize(3);
    assertThat(numbers.get(2)).startsWith("{\"round\":6,\"images\":192,");
    assertThat(out.toString()).contains("step 6 of 6: loss of D ");

    // lost after the checkpoint of round 4: numbers of later rounds come again
    Path fourth = directory.resolve("first-0").resolve("step-000000004");
    assertThat(fourth).isDirectory();
    train(config(6), Optional.of(fourth), "second-", desk);
    List<String> again = Files.readAllLines(folder.resolve("metrics.jsonl"));
    assertThat(again.subList(0, 2)).isEqualTo(numbers.subList(0, 2));
    assertThat(again).hasSize(3);
    assertThat(without(again.get(2), "seconds")).isEqualTo(without(numbers.get(2), "seconds"));
    assertThat(out.toString()).contains("goes on from step 4");
  }

  private static String without(String line, String key) {
    return line.replaceFirst("\"" + key + "\":[^,}]+,?", "");
  }

  @Test
  void message_namedBeyondTheFolder_isRefused() {
    RunDesk desk = RunDesk.open(config(1), directory, new PrintWriter(new StringWriter()));
    byte[] content = "x".getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> desk.tell("../x.png", content))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("beyond the folder");
  }

  @Test
  void desk_whoseLastLineOfNumbersWasCutOff_dropsItAndGoesOn() throws IOException {
    Path folder = directory.resolve("cut");
    RunDesk desk = RunDesk.open(config(6), folder, new PrintWriter(new StringWriter()));
    desk.tell(
        RunDesk.NUMBERS, "{\"round\":1}\n{\"round\":3}\n{\"rou".getBytes(StandardCharsets.UTF_8));

    desk.tell(RunDesk.BEGIN, "2".getBytes(StandardCharsets.UTF_8));

    assertThat(folder.resolve(RunDesk.NUMBERS)).hasContent("{\"round\":1}\n");
  }
}
