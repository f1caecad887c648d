package dev.tandem.examples.bench.peers;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The source tree, where the programs of other systems are built.
 *
 * @param root the folder of the parent pom
 */
record Repository(Path root) {

  /**
   * The tree that this class was built in.
   *
   * @throws IllegalStateException if it was not built in one
   */
  static Repository find() {
    Path classes;
    try {
      classes =
          Path.of(Repository.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
    for (Path folder = classes; folder != null; folder = folder.getParent()) {
      if (Files.exists(folder.resolve("examples/bench/pom.xml"))) {
        return new Repository(folder);
      }
    }
    throw new IllegalStateException(
        "bench --peers builds programs from the source tree, but there is no examples/bench above "
            + classes
            + "; run it from a checkout");
  }

  /** The modules of other systems' programs. */
  Path bench() {
    return root.resolve("examples/bench");
  }

  /** Where processes leave what they print. */
  Path logs() {
    return bench().resolve("target/logs");
  }

  /** The page with the results, of a processor or of a card. */
  Path page(boolean onCard) {
    return root.resolve(onCard ? "docs/gpu.md" : "docs/benchmarks.md");
  }
}
