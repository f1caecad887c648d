package dev.tandem.core.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.worker.Agreement;
import dev.tandem.core.worker.WorkerException;
import dev.tandem.core.worker.Workers;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers of other jars are told apart. */
class CodeDigestTest {

  @TempDir Path directory;

  /** What a worker says to which such a jar was sent. */
  private List<String> digest(String folder, String content) throws IOException {
    Path jar = Files.createDirectories(directory.resolve(folder)).resolve("program.jar");
    Files.writeString(jar, content);
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader sent = new URLClassLoader(new URL[] {jar.toUri().toURL()}, before)) {
      thread.setContextClassLoader(sent);
      return CodeDigest.of(CodeDigestTest.class);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void jarsOfOtherBytes_areNamedWithTheWorker() throws IOException {
    List<String> one = digest("0", "compiled in the morning");
    List<String> same = digest("1", "compiled in the morning");
    List<String> other = digest("2", "compiled in the evening");
    assertThat(one).isEqualTo(same).startsWith("Java " + Runtime.version().feature());
    assertThatThrownBy(
            () ->
                Workers.threads(2)
                    .run(
                        worker -> {
                          List<String> mine = worker.rank() == 0 ? one : other;
                          List<String> first = Agreement.require(worker, "the workers", mine);
                          assertThat(first).isEqualTo(one);
                        }))
        .isInstanceOf(WorkerException.class)
        .hasMessageStartingWith("the workers: worker 1 has program.jar with digest ")
        .hasMessageContaining(", and worker 0 program.jar with digest ");
  }
}
