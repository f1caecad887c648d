package dev.tandem.examples.trained;

import dev.tandem.core.data.DataFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** The folder that the files of a command go into. */
final class OutFolder {

  private OutFolder() {}

  /**
   * The folder that was asked for, or one beside a run, as {@code runs/a-samples}; it is made.
   *
   * @throws DataFileException if it is called as a file, or cannot be made
   */
  static Path made(Optional<Path> asked, Path place) {
    Path folder = asked.orElseGet(() -> beside(place));
    make(folder);
    return folder;
  }

  /**
   * Makes a folder, if need be.
   *
   * @throws DataFileException if it is called as a file, or cannot be made
   */
  static void make(Path folder) {
    String name = folder.toString().toLowerCase(Locale.ROOT);
    if (!Files.isDirectory(folder) && name.matches(".*\\.(png|gif|jpe?g|csv|zip)")) {
      throw new DataFileException(
          folder.toString(),
          "is called as a file, and --out is the folder that files go into; leave the ending away");
    }
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new DataFileException(
          folder.toString(), "cannot be made (" + e + "); give --out a folder that can", e);
    }
  }

  /** Also of a place that is called {@code .} or {@code ..}. */
  private static Path beside(Path place) {
    Path named = place.normalize();
    Path last = named.getFileName();
    boolean hasName = last != null && !last.toString().isEmpty() && !last.toString().equals("..");
    Path whole = hasName ? named : place.toAbsolutePath().normalize();
    return whole.resolveSibling(whole.getFileName() + "-samples");
  }
}
