package dev.tandem.core.spark.rows;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Says which row of an RDD or a table is none that its columns hold, and why. */
public final class UnwritableRowException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  UnwritableRowException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
