package dev.tandem.cuda.driver;

import java.util.Arrays;
import java.util.Locale;

/** How exactly a card multiplies float32 in products and convolutions. */
public enum CardPrecision {
  /** With all bits of float32. */
  FLOAT32,
  /** By matrix units that read 10 bits after the point; sums are float32. */
  TF32;

  /**
   * That of a name, in any case.
   *
   * @throws IllegalArgumentException if there is none; says which there are
   */
  public static CardPrecision named(String name) {
    return Arrays.stream(values())
        .filter(value -> value.name().equalsIgnoreCase(name.strip()))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "cards do not compute in \""
                        + name
                        + "\" here; take one of "
                        + Arrays.toString(values()).toLowerCase(Locale.ROOT)));
  }
}
