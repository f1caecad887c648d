package dev.tandem.core.worker;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Says that workers cannot go on together: one of them failed, or they do not run the same program.
 * Nothing was moved by the step in which it comes.
 */
public final class WorkerException extends IllegalStateException {

  @Serial private static final long serialVersionUID = 1L;

  private final int rank;

  /**
   * An error of the workers.
   *
   * @param rank the worker that it is about
   */
  public WorkerException(int rank, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.rank = rank;
  }

  /** The worker that it is about. */
  public int rank() {
    return rank;
  }
}
