package dev.tandem.examples.cli;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.tandem.core.data.DataFileException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.slf4j.LoggerFactory;

/**
 * The text of a run in a file: what it prints, and warnings of the log. A run that goes on adds to
 * the file. When it cannot be written to, as on a full disk, that is said once, and printing goes
 * on.
 */
public final class LogFile implements AutoCloseable {

  private final Path path;
  private final Writer file;
  private final Warnings warnings = new Warnings();
  private boolean failed;

  private LogFile(Path path, Writer file) {
    this.path = path;
    this.file = file;
  }

  /**
   * Opens a file, or adds to it.
   *
   * @throws DataFileException if it cannot be written
   */
  public static LogFile open(Path path) {
    try {
      LogFile log =
          new LogFile(
              path,
              Files.newBufferedWriter(
                  path,
                  StandardCharsets.UTF_8,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.APPEND));
      log.warnings.begin();
      log.note(now() + " begins");
      return log;
    } catch (IOException e) {
      throw new DataFileException(path.toString(), "cannot be written (" + e + ")", e);
    }
  }

  /** Prints to another writer and to the file. */
  public PrintWriter beside(PrintWriter out) {
    return new PrintWriter(new Both(out), true);
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** Adds a line to the file alone. */
  public void note(String line) {
    write(line + System.lineSeparator());
  }

  private synchronized void write(String text) {
    if (failed) {
      return;
    }
    try {
      file.write(text);
      file.flush();
    } catch (IOException e) {
      failed = true; // before the warning, which comes here too
      LoggerFactory.getLogger(LogFile.class)
          .warn("{}: cannot be written ({}); the run goes on without it", path, e.toString());
    }
  }

  @Override
  public void close() {
    warnings.end();
    try {
      file.close();
    } catch (IOException e) {
      if (!failed) {
        LoggerFactory.getLogger(LogFile.class).warn("{}: {}", path, e.toString());
      }
    }
  }

  /** Everything to both. */
  private final class Both extends Writer {

    private final PrintWriter out;

    Both(PrintWriter out) {
      this.out = out;
    }

    @Override
    public void write(char[] buffer, int from, int count) {
      out.write(buffer, from, count);
      LogFile.this.write(new String(buffer, from, count));
    }

    @Override
    public void flush() {
      out.flush();
    }

    @Override
    public void close() {
      out.flush(); // it is the command's
    }
  }

  /** What is logged meanwhile, with its time. */
  private final class Warnings extends AppenderBase<ILoggingEvent> {

    void begin() {
      if (LoggerFactory.getILoggerFactory() instanceof ch.qos.logback.classic.LoggerContext all) {
        setContext(all);
        start();
        all.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(this);
      }
    }

    void end() {
      if (LoggerFactory.getILoggerFactory() instanceof ch.qos.logback.classic.LoggerContext all) {
        all.getLogger(Logger.ROOT_LOGGER_NAME).detachAppender(this);
        stop();
      }
    }

    @Override
    protected void append(ILoggingEvent event) {
      note(now() + " " + event.getLevel() + " " + event.getFormattedMessage());
    }
  }
}
