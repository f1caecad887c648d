package dev.tandem.examples.bench.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the children are shell scripts")
class ChildProcessTest {

  @TempDir private Path folder;

  private ChildProcess.End shell(String script, Duration limit) {
    ChildProcess process =
        new ChildProcess(
            ImmutableList.of("sh", "-c", script), ImmutableMap.of("TANDEM_TEST", "given"));
    return process.run(folder.resolve("logs/child.log"), limit);
  }

  @Test
  void child_thatEnds_leavesItsLinesAndExitCode() {
    ChildProcess.End end =
        shell("echo out; echo err >&2; echo $TANDEM_TEST; exit 3", Duration.ofMinutes(1));

    assertThat(end.exitCode()).isEqualTo(3);
    assertThat(end.timedOut()).isFalse();
    assertThat(end.lines()).containsExactly("out", "err", "given");
    assertThat(folder.resolve("logs/child.log")).hasContent("out\nerr\ngiven\n");
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void child_thatTakesTooLong_isStoppedWithItsOwnChildren() {
    ChildProcess.End end = shell("sleep 1000 & echo $!; wait", Duration.ofSeconds(1));

    assertThat(end.timedOut()).isTrue();
    long grandchild = Long.parseLong(end.lines().get(0));
    assertThat(ProcessHandle.of(grandchild).filter(ChildProcessTest::isRunning)).isEmpty();
  }

  /** A killed process may stay listed until somebody asks for its exit code. */
  private static boolean isRunning(ProcessHandle handle) {
    try {
      handle.onExit().get(5, TimeUnit.SECONDS);
    } catch (java.util.concurrent.TimeoutException e) {
      return handle.info().command().isPresent();
    } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
      throw new IllegalStateException(e);
    }
    return false;
  }

  @Test
  void child_thatAsksForInput_getsNone() {
    assertThat(shell("cat; echo done", Duration.ofMinutes(1)).lines()).containsExactly("done");
  }

  @Test
  void program_thatIsMissing_isNamed() {
    ChildProcess process = new ChildProcess(ImmutableList.of("no-such-program"), ImmutableMap.of());

    assertThatThrownBy(() -> process.run(folder.resolve("log"), Duration.ofSeconds(1)))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("no-such-program");
  }
}
