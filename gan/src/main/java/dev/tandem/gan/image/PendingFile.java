package dev.tandem.gan.image;

import dev.tandem.core.data.DataFileException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file under a temporary name beside its own, which it gets when it is complete. */
final class PendingFile implements AutoCloseable {

  private final Path target;
  private final Path temporary;
  private final OutputStream stream;

  private PendingFile(Path target, Path temporary, OutputStream stream) {
    this.target = target;
    this.temporary = temporary;
    this.stream = stream;
  }

  /** Opens the temporary file. */
  static PendingFile beside(Path target) {
    Path temporary = target.resolveSibling(target.getFileName() + ".tmp");
    try {
      OutputStream stream = new BufferedOutputStream(Files.newOutputStream(temporary));
      return new PendingFile(target, temporary, stream);
    } catch (IOException e) {
      throw failed(target, e);
    }
  }

  /** The path of the content until it is complete. */
  OutputStream stream() {
    return stream;
  }

  /** Ends the file and gives it its name, in place of any file that has it. */
  void publish() {
    try {
      stream.close();
      try {
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
      } catch (AtomicMoveNotSupportedException e) {
        Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw failed(target, e);
    }
  }

  /** The exception for a failure to write. */
  DataFileException failed(IOException cause) {
    return failed(target, cause);
  }

  /** Deletes the temporary file if it was not published. */
  @Override
  public void close() {
    try {
      stream.close();
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      throw failed(target, e);
    }
  }

  private static DataFileException failed(Path target, IOException cause) {
    return new DataFileException(
        String.valueOf(target.getFileName()),
        "cannot be written at "
            + target.toAbsolutePath()
            + " ("
            + cause
            + "); does its directory exist, with space left in it?",
        cause);
  }
}
