package dev.tandem.core.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.factory.Nd4j;

class BackendTest {

  @TempDir private Path folder;

  @Test
  void require_onTestClassPath_passesEveryTime() {
    assertThatCode(Backend::require).doesNotThrowAnyException();
    assertThatCode(Backend::require).doesNotThrowAnyException();
  }

  @Test
  @EnabledIfSystemProperty(named = "os.arch", matches = "amd64|x86_64")
  void describe_onX86_namesOneDnnAndOpenBlas() {
    assertThat(Backend.describe())
        .startsWith("nd4j-native 1.0.0-M2.1")
        .contains("onednn", "oneDNN", "OpenBLAS 0.3.31")
        .endsWith(" threads");
    assertThat(Nd4j.getBackend().buildInfo()).contains("HAVE_ONEDNN");
  }

  @Test
  void look_withoutBackend_findsNone() throws IOException {
    try (URLClassLoader empty = classPath()) {
      Verdict verdict = Preflight.judge(Backend.look(empty, List::of));

      assertThatIllegalStateException()
          .isThrownBy(() -> Backend.heed(verdict))
          .withMessageStartingWith("no ND4J backend is on the class path; add");
    }
  }

  @Test
  void look_sameBackendTwiceAmongComments_findsItOnce() throws IOException {
    String cpu = "# license\n\n" + Findings.CPU + " # the CPU\n";
    try (URLClassLoader twice = classPath(cpu, Findings.CPU)) {
      assertThat(Backend.look(twice, List::of).backends()).containsExactly(Findings.CPU);
    }
  }

  @Test
  void look_twoBackends_isRefused() throws IOException {
    try (URLClassLoader two = classPath(Findings.CPU, Findings.CUDA)) {
      Verdict verdict = Preflight.judge(Backend.look(two, List::of));

      assertThatIllegalStateException()
          .isThrownBy(() -> Backend.heed(verdict))
          .withMessageContaining("got nd4j-native and nd4j-cuda-11.6");
    }
  }

  @Test
  void look_cudaBackend_asksForCards() throws IOException {
    ComputeCapability hopper = new ComputeCapability(9, 0);
    try (URLClassLoader cuda = classPath(Findings.CUDA)) {
      assertThat(Backend.look(cuda, () -> List.of(hopper)).cards()).containsExactly(hopper);
    }
  }

  @Test
  void look_cpuBackend_asksForNoCards() throws IOException {
    try (URLClassLoader cpu = classPath(Findings.CPU)) {
      Backend.look(
          cpu,
          () -> {
            throw new AssertionError("asked for cards");
          });
    }
  }

  /** A class path of one folder per service file. */
  private URLClassLoader classPath(String... serviceFiles) throws IOException {
    URL[] entries = new URL[serviceFiles.length];
    for (int i = 0; i < entries.length; i++) {
      Path entry = folder.resolve("entry" + i);
      Path file = entry.resolve(ClassPath.SERVICE);
      Files.createDirectories(file.getParent());
      Files.writeString(file, serviceFiles[i]);
      entries[i] = entry.toUri().toURL();
    }
    return new URLClassLoader(entries, null);
  }
}
