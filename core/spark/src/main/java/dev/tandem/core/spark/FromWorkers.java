package dev.tandem.core.spark;

import dev.tandem.core.data.DataFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** What hears at the driver, while workers run, what they {@linkplain SparkWorker#tell tell}. */
@FunctionalInterface
public interface FromWorkers {

  /**
   * A message has come. Messages come one at a time, those of a worker in its order, and the worker
   * waits until this returns. What it throws ends the run.
   *
   * @param rank of the worker
   * @param name of the message, as in {@code samples/000100.png}
   * @param content of the message
   */
  void receive(int rank, String name, byte[] content);

  /**
   * Keeps each message as a file of the driver's: its name is the path in a folder, and one of the
   * same name is replaced, at no time half.
   *
   * @param folder made when the first message comes
   */
  static FromWorkers into(Path folder) {
    return (rank, name, content) -> {
      Path file = folder.resolve(name).normalize();
      Path parent = file.getParent();
      Path top = folder.normalize();
      if (parent == null || !file.startsWith(top) || file.equals(top)) {
        throw new IllegalArgumentException(
            "worker " + rank + " names a message \"" + name + "\", which is no path in a folder");
      }
      Path draft = parent.resolve(file.getFileName() + ".new");
      try {
        Files.createDirectories(parent);
        Files.write(draft, content);
        Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
      } catch (IOException e) {
        throw new DataFileException(
            file.toString(),
            "cannot be written (" + e + "); is its place writable, with space left?",
            e);
      }
    };
  }
}
