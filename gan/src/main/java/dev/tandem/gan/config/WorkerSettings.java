package dev.tandem.gan.config;

import dev.tandem.core.worker.Exchange;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The workers that make a run together.
 *
 * @param where they are, as in {@code local:4} for four threads of this process, at most {@value
 *     #MOST}; empty for one process alone
 * @param averaging rounds from one mean of weights to the next, in [1, 100]; empty for gradients in
 *     every step
 */
public record WorkerSettings(Optional<String> where, OptionalInt averaging) {

  /** The most workers of one process. */
  public static final int MOST = 64;

  private static final Pattern LOCAL = Pattern.compile("local:([1-9]\\d{0,2})");

  /** Checks both. */
  public WorkerSettings {
    Objects.requireNonNull(averaging, "averaging");
    where.ifPresent(WorkerSettings::requirePlace);
    if (averaging.isPresent()) {
      Exchange.averaging(averaging.getAsInt());
      if (where.isEmpty()) {
        throw new IllegalArgumentException(
            "means of weights are taken of several workers, and there are none; name them, as in"
                + " local:2, or leave averaging out");
      }
    }
  }

  /** One process alone. */
  public static WorkerSettings none() {
    return new WorkerSettings(Optional.empty(), OptionalInt.empty());
  }

  private static void requirePlace(String place) {
    Matcher local = LOCAL.matcher(place);
    if (local.matches() && Integer.parseInt(local.group(1)) <= MOST) {
      return;
    }
    String next =
        place.matches("[1-9]\\d?")
            ? "write local:" + place + " for threads of this process"
            : place.startsWith("spark")
                ? "on a cluster a program of its own runs; see docs/workers.md"
                : "take local:2 for two threads of this process";
    throw new IllegalArgumentException(
        "where is local:N with N in [1, " + MOST + "], not " + place + "; " + next);
  }

  /** How many there are. */
  public int count() {
    Matcher local = LOCAL.matcher(where.orElse(""));
    return local.matches() ? Integer.parseInt(local.group(1)) : 1;
  }

  /** What they exchange. */
  public Exchange exchange() {
    return averaging.isPresent() ? Exchange.averaging(averaging.getAsInt()) : Exchange.everyStep();
  }
}
