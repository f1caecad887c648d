package dev.tandem.examples.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.tandem.examples.bench.support.ChildProcess;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeersWithoutNd4jTest {

  /**
   * The process that waits must not take part: it works where there is no ND4J at all. The measured
   * process gets the same class path, so it fails, which is reported.
   */
  @Test
  void comparison_whereNd4jIsMissing_runsAndReports(@TempDir Path folder) {
    String withoutNd4j =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.contains("nd4j") && !entry.contains("bytedeco"))
            .collect(Collectors.joining(File.pathSeparator));
    ImmutableList<String> command =
        ImmutableList.<String>builder()
            .addAll(ChildProcess.java())
            .add("-cp", withoutNd4j, "dev.tandem.examples.Main", "bench", "--peers", "ring")
            .add("--systems", "tandem", "--rounds", "1")
            .add("--page", folder.resolve("page.md").toString())
            .build();

    ChildProcess.End end =
        new ChildProcess(command, ImmutableMap.of())
            .run(folder.resolve("log"), Duration.ofMinutes(2));

    assertThat(end.exitCode()).isEqualTo(1);
    assertThat(end.lines())
        .anyMatch(line -> line.startsWith("round 1 tandem ring: FAILED, it ended with exit code 1"))
        .anyMatch(line -> line.contains("NoClassDefFoundError: org/nd4j"));
    assertThat(folder.resolve("page.md")).content().containsPattern("tandem +\\| +failed");
  }
}
