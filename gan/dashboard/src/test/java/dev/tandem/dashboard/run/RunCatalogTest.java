package dev.tandem.dashboard.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.dashboard.FakeRun;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which runs there are, and how far each of them is. */
class RunCatalogTest {

  @TempDir Path directory;
  private Path runs;

  @BeforeEach
  void makeFolder() throws IOException {
    runs = Files.createDirectory(directory.resolve("runs"));
  }

  private FakeRun run(String name, int rounds) throws IOException {
    FakeRun run = FakeRun.in(runs.resolve(name), "dcgan", 100).lines(1, rounds);
    return run.append("log.txt", "2026-01-01T10:00:00Z begins\n");
  }

  private RunSummary summary(String id) throws IOException {
    RunCatalog catalog = RunCatalog.of(runs);
    catalog.update();
    return catalog.run(id).orElseThrow().summary();
  }

  private static void wroteLongAgo(FakeRun run) throws IOException {
    FileTime then = FileTime.from(Instant.now().minusSeconds(3_600));
    for (String name : List.of("metrics.jsonl", "log.txt")) {
      Files.setLastModifiedTime(run.folder().resolve(name), then);
    }
  }

  @Test
  void run_whoseLockIsHeld_isRunningUntilItIsSilentForLong() throws IOException {
    FakeRun run = run("a", 10);
    Path lock = run.folder().resolve(".lock");
    try (FileChannel channel =
        FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      assertThat(channel.tryLock()).isNotNull();
      assertThat(summary("a").state()).isEqualTo("running");
      wroteLongAgo(run);
      assertThat(summary("a").state()).isEqualTo("stale");
      assertThat(summary("a").why()).contains("holds its folder", "nothing written for 1 h");
      assertThat(channel.isOpen()).isTrue();
    }
  }

  @Test
  void run_whoseLockIsFree_wasInterruptedOrCameToItsEnd() throws IOException {
    FakeRun killed = run("killed", 10).append(".lock", "");
    FakeRun signal = run("signal", 10).append(".lock", "");
    signal.append("log.txt", "SIGINT: ends after this step\ncheckpoint  c\ninterrupted; 'tandem\n");
    run("whole", 100).append(".lock", "");
    run("early", 60).append(".lock", "").append("log.txt", "checkpoint  c (--resume)\n");
    Files.createDirectories(runs.resolve("empty"));
    Files.writeString(runs.resolve("empty/config.yaml"), "name: dcgan\n");

    assertThat(summary("killed").state()).isEqualTo("interrupted");
    assertThat(summary("signal").state()).isEqualTo("interrupted");
    assertThat(summary("signal").why()).contains("by a signal");
    assertThat(summary("whole").state()).isEqualTo("ended");
    assertThat(summary("early").state()).isEqualTo("ended");
    assertThat(summary("empty").state()).isEqualTo("empty");
    assertThat(killed.folder()).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void run_withoutALock_isRunningWhileItWrites() throws IOException {
    FakeRun run = run("a", 10);
    assertThat(summary("a").state()).isEqualTo("running");
    wroteLongAgo(run);
    assertThat(summary("a").state()).isEqualTo("stale");
  }

  @Test
  void looks_tellWhatChangedAndWhatIsGone() throws IOException {
    FakeRun first = run("first", 3);
    run("deep/er/second", 3);
    RunCatalog catalog = RunCatalog.of(runs);
    assertThat(catalog.update().changed()).hasSize(2);
    assertThat(catalog.update().isEmpty()).isTrue();

    first.lines(4, 4).picture(4);
    RunCatalog.Changes changes = catalog.update();
    assertThat(changes.changed()).hasSize(1);
    assertThat(changes.changed().get(0).round()).isEqualTo(4);
    assertThat(changes.changed().get(0).samples()).isEqualTo(1);

    try (Stream<Path> files = Files.list(first.folder())) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(first.folder());
    assertThat(catalog.update().removed()).containsExactly("first");
    assertThat(catalog.run("first")).isEmpty();
    assertThat(catalog.run("deep/er/second")).isPresent();
  }

  @Test
  void links_outOfTheFolder_areNotFollowed() throws IOException {
    Path outside = FakeRun.in(directory.resolve("outside"), "dcgan", 5).lines(1, 2).folder();
    Files.createSymbolicLink(runs.resolve("link"), outside);
    FakeRun run = run("a", 2);
    Files.writeString(directory.resolve("secret.png"), "secret");
    Files.createSymbolicLink(
        run.folder().resolve("step-000007.png"), directory.resolve("secret.png"));
    Files.createSymbolicLink(run.folder().resolve("changes.txt"), directory.resolve("secret.png"));
    Files.createSymbolicLink(run.folder().resolve("checkpoints"), outside);

    RunCatalog catalog = RunCatalog.of(runs);
    catalog.update();
    assertThat(catalog.summaries()).extracting(RunSummary::id).containsExactly("a");
    WatchedRun seen = catalog.run("a").orElseThrow();
    assertThat(seen.details().pictures()).isEmpty();
    assertThat(seen.details().changes()).isEmpty();
    assertThat(seen.details().checkpoints()).isEmpty();
    assertThat(seen.picture("step-000007.png")).isNull();
    assertThat(seen.picture("../../secret.png")).isNull();
  }

  @Test
  void folder_thatIsARunItself_isShownAlone() throws IOException {
    run("a", 2);
    RunCatalog catalog = RunCatalog.of(runs.resolve("a"));
    catalog.update();
    assertThat(catalog.summaries()).extracting(RunSummary::id).containsExactly("a");
  }

  @Test
  void threeHundredRuns_areAllListed() throws IOException {
    for (int i = 0; i < 300; i++) {
      FakeRun.in(runs.resolve("group" + i % 7 + "/run" + i), "dcgan", 10).lines(1, 10);
    }
    RunCatalog catalog = RunCatalog.of(runs);
    assertThat(catalog.update().changed()).hasSize(300);
    assertThat(catalog.update().isEmpty()).isTrue();
  }

  @Test
  void details_haveSettingsEventsAndProblems() throws IOException {
    FakeRun run = run("a", 2).append("nonsense\n").picture(50).picture(100);
    run.append(
        "log.txt",
        """
        step 20 of 100: loss of D 0.631, of G 0.948; 28.0 ms each, 0:03 left
        2026-01-01T10:00:05Z WARN the discriminator has won: its loss was below 0.1 up to round 31
        2026-01-01T10:00:05Z WARN the discriminator has won: its loss was below 0.1 up to round 2
        2026-01-01T10:00:06Z WARN samples.png: cannot be written; the training goes on without it
        """);
    run.append("models.json", "{\"version\":1,");
    RunCatalog catalog = RunCatalog.of(runs);
    catalog.update();

    RunDetails details = catalog.run("a").orElseThrow().details();
    assertThat(details.settings())
        .containsEntry("data.name", "ring8-pacgan")
        .containsEntry("penalties[0].gamma", "0.5");
    assertThat(details.events())
        .extracting(RunDetails.Event::kind)
        .containsExactly("begin", "watchdog", "watchdog", "warning");
    assertThat(details.events())
        .extracting(RunDetails.Event::round)
        .containsExactly(-1L, 31L, 2L, 20L);
    assertThat(details.events().get(1).places()).isEmpty(); // no line of numbers yet
    assertThat(details.events().get(2).places())
        .containsExactlyInAnyOrderEntriesOf(Map.of("round", 2.0, "images", 128.0, "seconds", 0.1));
    assertThat(details.problems()).singleElement().asString().contains("1 line that is no JSON");
    assertThat(details.pictures()).extracting(RunDetails.Picture::round).containsExactly(50L, 100L);
    assertThat(details.models()).isNull(); // half of it
    assertThat(details.names()).contains("d_loss", "d_r1");
  }
}
