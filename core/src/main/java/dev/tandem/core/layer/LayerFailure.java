package dev.tandem.core.layer;

import org.jspecify.annotations.Nullable;

/** An error inside a layer's own code, with the layer's name in its message. */
interface LayerFailure {

  /**
   * The same error with the layer's name before its message; one that names a layer already stays
   * as it is.
   *
   * @param name kind and name of the layer
   */
  static RuntimeException in(String name, RuntimeException error) {
    String message = error.getMessage();
    if (error instanceof LayerFailure || message != null && message.startsWith(name)) {
      return error;
    }
    String text = name + ": " + (message == null ? error.getClass().getSimpleName() : message);
    if (error instanceof IllegalArgumentException) {
      return new Argument(text, error);
    }
    return error instanceof UnsupportedOperationException
        ? new Unsupported(text, error)
        : new State(text, error);
  }

  /** A wrong argument. */
  final class Argument extends IllegalArgumentException implements LayerFailure {
    private static final long serialVersionUID = 1;

    private Argument(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** Something that is not there. */
  final class Unsupported extends UnsupportedOperationException implements LayerFailure {
    private static final long serialVersionUID = 1;

    private Unsupported(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** Anything else. */
  final class State extends IllegalStateException implements LayerFailure {
    private static final long serialVersionUID = 1;

    State(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }
}
