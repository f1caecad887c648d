package dev.tandem.gan.data;

import dev.tandem.core.data.DataFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What tells a state of a file from others without reading it. */
final class FileState {

  private FileState() {}

  /** Name, size and time. */
  static String of(Path file) {
    try {
      return file.getFileName()
          + " "
          + Files.size(file)
          + " "
          + Files.getLastModifiedTime(file).toMillis()
          + "\n";
    } catch (IOException e) {
      throw new DataFileException(file.toString(), "cannot be read (" + e + ")", e);
    }
  }
}
