package dev.tandem.core.io;

import dev.tandem.core.data.DataFileException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/** Files that are there as a whole or not at all: written beside their place, then renamed. */
public final class WholeFile {

  /** What writes a file. */
  public interface Content {

    /** Writes all of it. */
    void writeTo(OutputStream out) throws IOException;
  }

  private WholeFile() {}

  /**
   * Writes a file, in place of one that may be there.
   *
   * @throws DataFileException if it cannot be written; the earlier one is untouched then
   */
  public static void write(Path file, Content content) {
    Path target = file.toAbsolutePath();
    // not a file of createTempFile, which nobody else may read: the umask decides, as elsewhere
    Path beside = target.resolveSibling(target.getFileName() + "." + UUID.randomUUID() + ".tmp");
    try {
      try {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(beside), 1 << 20)) {
          content.writeTo(out);
        }
        Files.move(beside, target, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(beside);
      }
    } catch (IOException e) {
      throw new DataFileException(
          file.toString(),
          "cannot be written (" + e + "); does its directory exist, with space left?",
          e);
    }
  }
}
