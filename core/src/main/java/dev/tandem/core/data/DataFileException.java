package dev.tandem.core.data;

import org.jspecify.annotations.Nullable;

/** A file that is missing, damaged, or not what it was taken for; nothing of it was loaded. */
public final class DataFileException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String file;

  /**
   * A failure with a file.
   *
   * @param file the name of the file
   * @param problem the rule, the value found, and the next step
   */
  public DataFileException(String file, String problem) {
    this(file, problem, null);
  }

  /**
   * A failure with a file that something else led to.
   *
   * @param file the name of the file
   * @param problem the rule, the value found, and the next step
   * @param cause what led to it, or null
   */
  public DataFileException(String file, String problem, @Nullable Throwable cause) {
    super(file + ": " + problem, cause);
    this.file = file;
  }

  /** The name of the file, with which the message begins. */
  public String file() {
    return file;
  }
}
