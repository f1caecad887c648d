package dev.tandem.core.data;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Finds the MNIST files that the examples ship, whatever directory of the project a test runs in.
 */
final class MnistFiles {

  private MnistFiles() {}

  static Path directory() {
    Path here = Path.of("").toAbsolutePath();
    for (Path path = here; path != null; path = path.getParent()) {
      Path candidate = path.resolve("examples/src/main/resources/mnist");
      if (Files.isDirectory(candidate)) {
        return candidate;
      }
    }
    throw new AssertionError("no examples/src/main/resources/mnist in " + here + " or above");
  }
}
