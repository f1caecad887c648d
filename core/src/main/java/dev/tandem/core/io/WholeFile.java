package dev.tandem.core.io;

import dev.tandem.core.data.DataFileException;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Text files that are there as a whole, the old one or the new one, whenever a process ends. */
public final class WholeFile {

  private WholeFile() {}

  /**
   * Writes a text, in place of an earlier one.
   *
   * @param file in a folder that is there; beside it a file of its name and {@code .tmp} is written
   *     first
   * @param text written as UTF-8
   * @throws DataFileException if it cannot be written; the earlier one is untouched then
   */
  public static void write(Path file, String text) {
    Path next = file.resolveSibling(file.getFileName() + ".tmp");
    try {
      Files.writeString(next, text);
      try {
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
      } catch (AtomicMoveNotSupportedException e) {
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      discard(next);
      throw new DataFileException(
          file.toString(),
          "cannot be written ("
              + e
              + "); is its folder there and writable, with space left? What was there before is"
              + " untouched",
          e);
    }
  }

  private static void discard(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // it only takes space
    }
  }
}
