package dev.tandem.core.train.callback;

import dev.tandem.core.data.BatchPosition;
import dev.tandem.core.data.DataFileException;
import dev.tandem.core.train.Callback;
import dev.tandem.core.train.FitProgress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Writes the history to a file while it grows: a line for each epoch, names in the first. A fit
 * from the start begins a new file; a resumed one keeps the lines of the epochs before.
 */
public final class CsvLog implements Callback {

  private final Path file;
  private List<String> kept = List.of();

  private CsvLog(Path file) {
    this.file = Objects.requireNonNull(file, "file");
  }

  /** A log in this file; its folder has to be there. */
  public static CsvLog to(Path file) {
    return new CsvLog(file);
  }

  @Override
  public void onStart(FitProgress progress) {
    Path parent = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file) || parent == null || !Files.isDirectory(parent)) {
      throw new DataFileException(
          file.toString(),
          (Files.isDirectory(file) ? "is a directory" : "lies in a directory that does not exist")
              + "; give a file in a directory that does");
    }
    boolean resumed = !progress.position().equals(BatchPosition.START);
    kept = resumed && Files.exists(file) ? linesBefore(progress.epoch()) : List.of();
  }

  private List<String> linesBefore(int epoch) {
    try {
      List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
      List<String> before = new ArrayList<>();
      for (int i = 0; i < lines.size(); i++) {
        if (i == 0 || Integer.parseInt(lines.get(i).split(",", 2)[0]) < epoch) {
          before.add(lines.get(i));
        }
      }
      return before;
    } catch (NumberFormatException e) {
      throw new DataFileException(
          file.toString(), "a line does not begin with an epoch; log to another file", e);
    } catch (IOException e) {
      throw new DataFileException(
          file.toString(), "cannot be read (" + e + "); log to another file", e);
    }
  }

  /**
   * Writes the epoch.
   *
   * @throws IllegalStateException if a resumed fit reports other numbers than the file has
   * @throws DataFileException if the file cannot be written
   */
  @Override
  public void onEpoch(FitProgress progress) {
    List<String> lines = new ArrayList<>(kept);
    List<String> all = progress.history().csv().lines().toList();
    String header = all.get(0);
    if (lines.isEmpty()) {
      lines.add(header);
    } else if (!lines.get(0).equals(header)) {
      throw new IllegalStateException(
          file
              + " has the columns "
              + lines.get(0)
              + ", and this fit reports "
              + header
              + "; log to another file");
    }
    lines.add(all.get(all.size() - 1));
    try {
      Files.write(file, lines, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new DataFileException(
          file.toString(), "cannot be written (" + e + "); is there such a folder, and room?", e);
    }
    kept = lines;
  }
}
