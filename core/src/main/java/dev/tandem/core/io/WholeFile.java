package dev.tandem.core.io;

import dev.tandem.core.data.DataFileException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Files that are there as a whole, the old one or the new one, whenever a process ends. */
public final class WholeFile {

  private static final int BUFFER = 1 << 20;

  /** What writes a file. */
  public interface Content {

    /** Writes all of it. */
    void writeTo(OutputStream out) throws IOException;
  }

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
    write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Writes a file, in place of an earlier one.
   *
   * @param file in a folder that is there; beside it a file of its name and {@code .tmp} is written
   *     first
   * @throws DataFileException if it cannot be written; the earlier one is untouched then
   */
  public static void write(Path file, Content content) {
    Path next = file.resolveSibling(file.getFileName() + ".tmp");
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(next), BUFFER)) {
        content.writeTo(out);
      }
      try {
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
      } catch (AtomicMoveNotSupportedException e) {
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new DataFileException(
          file.toString(),
          "cannot be written ("
              + e
              + "); is its folder there and writable, with space left? What was there before is"
              + " untouched",
          e);
    } finally {
      discard(next); // not there any more if all went well
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
