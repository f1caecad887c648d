package dev.tandem.dl4j;

import dev.tandem.core.data.DataFileException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

/** What a net asks for that cannot be had, collected so that all of it is said at once. */
final class Problems {

  private final Path file;
  private final Set<String> found = new LinkedHashSet<>();

  Problems(Path file) {
    this.file = file;
  }

  void add(String place, String problem) {
    found.add(place + ": " + problem);
  }

  boolean any() {
    return !found.isEmpty();
  }

  /** Says all of them, if there are any; nothing has been built. */
  void check() {
    if (any()) {
      throw new DataFileException(
          file.toString(),
          "cannot become a model:\n  " + String.join("\n  ", found) + "\nnothing was built");
    }
  }

  /** A failure of the file as a whole. */
  DataFileException fail(String problem) {
    return new DataFileException(file.toString(), problem);
  }
}
