package dev.tandem.keras;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Keras model with parts that Tandem has nothing for; nothing was built. All of them are named at
 * once, each with its place.
 */
public final class UnsupportedKerasException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ImmutableList<String> problems;

  UnsupportedKerasException(String file, List<String> problems) {
    this(file, problems, null);
  }

  UnsupportedKerasException(String file, List<String> problems, @Nullable Throwable cause) {
    super(
        file
            + ": cannot be imported, for "
            + (problems.size() == 1 ? "one reason" : problems.size() + " reasons")
            + "; nothing was built:\n  "
            + String.join("\n  ", problems),
        cause);
    this.problems = ImmutableList.copyOf(problems);
  }

  /** What there is nothing for, each with its place: model, layer, key of its configuration. */
  public List<String> problems() {
    return problems;
  }
}
