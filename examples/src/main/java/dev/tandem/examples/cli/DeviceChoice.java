package dev.tandem.examples.cli;

import com.google.common.collect.ImmutableSet;
import dev.tandem.core.engine.PlanEngine;
import dev.tandem.core.op.Engine;
import dev.tandem.core.train.Engines;
import dev.tandem.core.worker.ThreadWorkers;
import dev.tandem.gan.config.Nearest;
import dev.tandem.gan.config.WorkerSettings;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * A device by name, with an engine for it.
 *
 * @param name of the device
 * @param engine a new one; those of a card share the card
 * @param reason why it was chosen, where that was left open; else empty
 */
public record DeviceChoice(String name, Engine engine, String reason) {

  /** The processor. */
  public static final String CPU = PlanEngine.NAME;

  /** An NVIDIA card. */
  public static final String CUDA = "cuda";

  private static final String AUTO = "auto";

  /** How long workers on cards wait for the first one while it measures. */
  private static final Duration MEASURES = Duration.ofHours(1);

  /**
   * The device of a name.
   *
   * @param name as the option takes it, in any case
   * @throws IllegalArgumentException if there is none of this name; says which there are
   * @throws IllegalStateException if it cannot be used here; says what is missing
   */
  public static DeviceChoice of(String name) {
    String asked = name.strip().toLowerCase(Locale.ROOT);
    if (asked.equals(CPU)) {
      return cpu(""); // looks for no others
    } else if (asked.equals(AUTO)) {
      return auto();
    } else if (asked.equals(CUDA)) {
      return card();
    }
    ImmutableSet<String> names =
        ImmutableSet.<String>builder().add(CPU, CUDA, AUTO).addAll(Engines.names()).build();
    if (!names.contains(asked)) {
      throw new IllegalArgumentException(
          "there is no such device; there are "
              + String.join(", ", names)
              + "; the nearest is "
              + (asked.equals("gpu") ? CUDA : Nearest.to(asked, names)));
    }
    return new DeviceChoice(asked, Engines.named(asked), "");
  }

  /**
   * The device of an option.
   *
   * @throws IllegalArgumentException if there is none of this name, or it cannot be used here; says
   *     in one line what is missing
   */
  public static DeviceChoice asked(String name) {
    try {
      return of(name);
    } catch (RuntimeException | LinkageError e) {
      String message = shortened(String.valueOf(e.getMessage()));
      throw new IllegalArgumentException("--device " + name + ": " + message, e);
    }
  }

  /**
   * The threads of an option that names workers, found to have what they need.
   *
   * @throws IllegalArgumentException if cards are missing, or something that they need; says in one
   *     line what
   */
  public static ThreadWorkers threads(WorkerSettings workers) {
    try {
      return workers.isOnCards() ? workers.threads().patience(MEASURES) : workers.threads();
    } catch (RuntimeException | LinkageError e) {
      String message = shortened(String.valueOf(e.getMessage()));
      throw new IllegalArgumentException(
          "--workers " + workers.where().orElse("none") + ": " + message, e);
    }
  }

  /** The card, if it can be used, else the processor; with the reason. */
  public static DeviceChoice auto() {
    try {
      DeviceChoice card = card();
      return new DeviceChoice(CUDA, card.engine(), card.engine().toString());
    } catch (RuntimeException | LinkageError e) {
      return cpu(shortened(String.valueOf(e.getMessage())));
    }
  }

  /** Of a message the first line, with what each indented line under it names. */
  static String shortened(String message) {
    List<String> lines = message.strip().lines().toList();
    List<String> parts =
        lines.stream()
            .skip(1)
            .takeWhile(line -> line.startsWith(" "))
            .map(line -> line.strip().replaceFirst(":.*", ""))
            .toList();
    return parts.isEmpty()
        ? lines.get(0)
        : lines.get(0) + " " + String.join(", ", parts) + "; tandem doctor says what to install";
  }

  private static DeviceChoice cpu(String reason) {
    return new DeviceChoice(CPU, new PlanEngine(), reason);
  }

  private static DeviceChoice card() {
    if (!Engines.names().contains(CUDA)) {
      throw new IllegalStateException(
          "no engine for cards is on the class path; add dev.tandem:tandem-cuda");
    }
    return new DeviceChoice(CUDA, Engines.named(CUDA), "");
  }

  /** Whether a name leaves the choice to the application. */
  public static boolean isAuto(String name) {
    return name.strip().toLowerCase(Locale.ROOT).equals(AUTO);
  }

  /** As in {@code cpu (no NVIDIA driver)}. */
  @Override
  public String toString() {
    return reason.isEmpty() ? name : name + " (" + reason + ")";
  }
}
