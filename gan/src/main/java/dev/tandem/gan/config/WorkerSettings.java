package dev.tandem.gan.config;

import dev.tandem.core.worker.Exchange;
import dev.tandem.core.worker.ThreadWorkers;
import dev.tandem.core.worker.Workers;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The workers that make a run together.
 *
 * @param where they are, as in {@code local:4} for four threads of this process, or {@code cards:4}
 *     for four of them with a card each, at most {@value #MOST}; empty for one process alone
 * @param averaging rounds from one mean of weights to the next, in [1, 100]; empty for gradients in
 *     every step
 */
public record WorkerSettings(Optional<String> where, OptionalInt averaging) {

  /** The most workers of one process. */
  public static final int MOST = 64;

  private static final Pattern PLACE = Pattern.compile("(local|cards):([1-9]\\d{0,2})");

  private static final String CARDS = "cards";

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
    Matcher known = PLACE.matcher(place);
    if (known.matches() && Integer.parseInt(known.group(2)) <= MOST) {
      return;
    }
    String next =
        place.matches("[1-9]\\d?")
            ? "write local:"
                + place
                + " for threads of this process, or cards:"
                + place
                + " for as many cards"
            : place.startsWith("spark")
                ? "on a cluster a program of its own runs; see docs/workers.md"
                : "take local:2 for two threads of this process";
    throw new IllegalArgumentException(
        "where is cards:N or local:N with N in [1, " + MOST + "], not " + place + "; " + next);
  }

  /** How many there are. */
  public int count() {
    Matcher known = PLACE.matcher(where.orElse(""));
    return known.matches() ? Integer.parseInt(known.group(2)) : 1;
  }

  /** Whether each has a card. */
  public boolean isOnCards() {
    return where.orElse("").startsWith(CARDS);
  }

  /**
   * Threads for them, each with a card if it is to have one.
   *
   * @throws IllegalStateException if there are not so many cards, or something is missing that they
   *     need; names the next step
   */
  public ThreadWorkers threads() {
    return isOnCards() ? Workers.cards(count()) : Workers.threads(count());
  }

  /** What they exchange. */
  public Exchange exchange() {
    return averaging.isPresent() ? Exchange.averaging(averaging.getAsInt()) : Exchange.everyStep();
  }
}
