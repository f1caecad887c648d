package dev.tandem.gan.train;

import java.util.Objects;

/**
 * A setting that has changed in the course of a run.
 *
 * @param round after which it changed
 * @param setting by name, as in {@code optimizer.generator.rate}
 * @param was its value before
 * @param is its value since
 */
public record SettingChange(long round, String setting, String was, String is) {

  private static final String SEPARATOR = "\t";

  /** Checks that all is there. */
  public SettingChange {
    Objects.requireNonNull(setting, "setting");
    Objects.requireNonNull(was, "was");
    Objects.requireNonNull(is, "is");
  }

  String text() {
    return String.join(SEPARATOR, Long.toString(round), setting, was, is);
  }

  static SettingChange of(String text) {
    String[] parts = text.split(SEPARATOR, 4);
    return new SettingChange(Long.parseLong(parts[0]), parts[1], parts[2], parts[3]);
  }

  /** As in {@code after round 500 optimizer.generator.rate was 0.001 and is 5.0E-4}. */
  @Override
  public String toString() {
    return "after round " + round + " " + setting + " was " + was + " and is " + is;
  }
}
