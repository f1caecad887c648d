package dev.tandem.examples.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.tandem.examples.bench.measure.Task;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeerRunTest {

  @TempDir private Path folder;

  private final StringWriter text = new StringWriter();

  private static Competitor fake(String behavior) {
    return new Competitor(
        behavior,
        Optional.empty(),
        "picocli",
        FakePeer.class.getName(),
        ImmutableList.of(behavior),
        ImmutableList.of("-XX:TieredStopAtLevel=1"),
        ImmutableList.of(),
        ImmutableMap.of(),
        Steps.Pace.FAST);
  }

  private boolean run(int rounds, int seconds, Competitor... competitors) {
    PeerPlan plan =
        new PeerPlan(
            false,
            ImmutableList.of(Task.RING),
            ImmutableList.of(),
            rounds,
            Duration.ofSeconds(seconds),
            5,
            1,
            Optional.of(folder.resolve("page.md")));
    return new PeerRun(
            plan,
            new Repository(folder),
            ImmutableList.copyOf(competitors),
            new PrintWriter(text, true))
        .run();
  }

  private Path log(String name) {
    return folder.resolve("examples/bench/target/logs").resolve(name);
  }

  @Test
  void systems_inRounds_takeTurns() throws IOException {
    boolean complete = run(2, 120, fake("tandem"), fake("torch"), fake("refuses"));

    assertThat(complete).isTrue();
    assertThat(text.toString().lines().filter(line -> line.startsWith("round")))
        .satisfiesExactly(
            line -> assertThat(line).matches("round 1 tandem ring: \\d+\\.\\d{3} ms"),
            line -> assertThat(line).startsWith("round 1 torch ring: "),
            line ->
                assertThat(line)
                    .isEqualTo("round 1 refuses ring: unsupported, it does not want to"),
            line -> assertThat(line).startsWith("round 2 tandem ring: "),
            line -> assertThat(line).startsWith("round 2 torch ring: "));
    assertThat(Files.readString(folder.resolve("page.md")))
        .containsPattern("torch +\\| +\\d+\\.\\d+ \\(\\d+\\.\\d\\d×\\)")
        .containsPattern("refuses +\\| +unsupported")
        .contains("tandem: picocli ");
    assertThat(folder.resolve("page.json")).content().contains("\"ratio_to_tandem\"");
  }

  @Test
  void system_thatFails_isReportedInEachRoundWithItsLog() {
    boolean complete = run(2, 120, fake("fails"));

    assertThat(complete).isFalse();
    assertThat(text.toString())
        .contains("round 1 fails ring: FAILED, it ended with exit code 1; its last lines")
        .contains("round 2 fails ring: FAILED")
        .contains("at dev.tandem.examples.bench.peers.FakePeer.make")
        .contains("- fails ring failed in round 2: ended with exit code 1.");
    assertThat(log("fails-ring-1.log")).content().contains("broken on purpose");
  }

  @Test
  void system_thatHangs_isStoppedAndNotTriedAgain() {
    boolean complete = run(3, 3, fake("hangs"));

    assertThat(complete).isFalse();
    assertThat(text.toString().lines().filter(line -> line.startsWith("round"))).hasSize(1);
    assertThat(text.toString()).contains("FAILED, it took longer than 3 s");
  }

  @Test
  void steps_ofSlowSystems_areFewAndLimited() {
    assertThat(Steps.of(Steps.Pace.SLOW, Task.DCGAN28)).isEqualTo(new Steps(4, 1));
    assertThat(Steps.of(Steps.Pace.FAST, Task.PREDICT_RESNET20_1)).isEqualTo(new Steps(1000, 300));
    assertThat(Steps.of(Steps.Pace.FAST, Task.MLP).atMost(new Steps(20, 500)))
        .isEqualTo(new Steps(20, 200));
  }
}
