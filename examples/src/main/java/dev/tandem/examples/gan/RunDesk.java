package dev.tandem.examples.gan;

import dev.tandem.core.data.DataFileException;
import dev.tandem.core.io.WholeFile;
import dev.tandem.gan.config.Config;
import dev.tandem.gan.train.JsonlLog;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Makes the folder of a run of what its first worker tells: lines are printed, numbers appended,
 * and all else becomes a file.
 */
public final class RunDesk implements WorkerRun.Listener {

  /** Lines for who looks on. */
  static final String LINE = "line";

  /** The rounds that were done when workers began, for the first time or again. */
  static final String BEGIN = "begin";

  /** Lines that are new in the file of numbers. */
  static final String NUMBERS = "metrics.jsonl";

  private final Path folder;
  private final PrintWriter out;

  private RunDesk(Path folder, PrintWriter out) {
    this.folder = folder;
    this.out = out;
  }

  /**
   * The desk of a run, with its settings in the folder.
   *
   * @param out takes lines
   * @throws DataFileException if the folder cannot be written
   */
  public static RunDesk open(Config config, Path folder, PrintWriter out) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new DataFileException(
          folder.toString(), "cannot be made (" + e + "); give another --out", e);
    }
    RunRecord.write(config, List.of(), folder);
    return new RunDesk(folder, out);
  }

  @Override
  public void tell(String name, byte[] content) {
    String text = new String(content, StandardCharsets.UTF_8);
    Path file = folder.resolve(name).normalize();
    if (!file.startsWith(folder.normalize())) {
      throw new IllegalArgumentException("a message is named \"" + name + "\", beyond the folder");
    }
    try {
      switch (name) {
        case LINE -> out.println(text);
        case BEGIN -> begin(Long.parseLong(text));
        case NUMBERS ->
            Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        default -> write(file, content);
      }
    } catch (IOException e) {
      throw new DataFileException(file.toString(), "cannot be written (" + e + ")", e);
    }
    out.flush();
  }

  private static void write(Path file, byte[] content) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    WholeFile.write(file, out -> out.write(content));
  }

  /** Drops numbers of rounds that the workers went back from. */
  private void begin(long rounds) {
    if (rounds > 0) {
      out.println("goes on from step " + rounds);
    }
    Path file = folder.resolve(NUMBERS);
    if (Files.exists(file)) {
      JsonlLog.cutAfter(file, rounds);
    }
  }
}
