package dev.tandem.core.train;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableSet;
import java.util.Set;

/** The searches for NaN and infinity that are made: all, but those that a system property names. */
public final class FiniteChecks {

  /**
   * The system property that names looks to leave out, separated by commas, for measurements:
   * {@code examples} (before a step or a fit) and {@code gradients} (before an update).
   */
  public static final String WITHOUT = "tandem.finite.without";

  private static final String EXAMPLES = "examples";
  private static final String GRADIENTS = "gradients";

  private FiniteChecks() {}

  /** Whether examples are looked at before a step. */
  public static boolean ofExamples() {
    return !left().contains(EXAMPLES);
  }

  /** Whether gradients and state are looked at before an update. */
  public static boolean ofGradients() {
    return !left().contains(GRADIENTS);
  }

  private static Set<String> left() {
    ImmutableSet<String> left =
        ImmutableSet.copyOf(
            Splitter.on(',')
                .trimResults()
                .omitEmptyStrings()
                .split(System.getProperty(WITHOUT, "")));
    if (!Set.of(EXAMPLES, GRADIENTS).containsAll(left)) {
      throw new IllegalStateException(
          "-D" + WITHOUT + " names " + left + "; it knows " + EXAMPLES + " and " + GRADIENTS);
    }
    return left;
  }
}
