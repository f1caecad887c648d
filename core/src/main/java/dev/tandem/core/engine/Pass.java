package dev.tandem.core.engine;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * What a plan does to be fast, step by step. Each can be left out, to find out what it is worth or
 * whether it is to blame; results do not depend on it, but for rounding.
 */
public enum Pass {
  /** Numbers spread over tensors become scalar arguments; ops repeat their inputs themselves. */
  SIMPLIFY,
  /** Gradients of activations read outputs in place of inputs. */
  OUTPUT_GRADIENTS,
  /** Kernels compute some of their inputs themselves: a product with its bias and activation. */
  FUSE,
  /** New values of variables are written where the old ones lie. */
  IN_PLACE,
  /** Outputs take the place of inputs that nobody needs any more. */
  SHARE,
  /** Intermediate values that are not needed at the same time lie in the same memory. */
  ARENA;

  /** The system property that names passes to leave out, separated by commas. */
  public static final String WITHOUT = "tandem.passes.without";

  /**
   * All but those that {@link #WITHOUT} names.
   *
   * @throws IllegalArgumentException if it names one that there is not
   */
  static Set<Pass> enabled() {
    EnumSet<Pass> enabled = EnumSet.allOf(Pass.class);
    for (String name : System.getProperty(WITHOUT, "").split(",")) {
      if (!name.isBlank()) {
        enabled.remove(of(name.strip()));
      }
    }
    return Collections.unmodifiableSet(enabled);
  }

  private static Pass of(String name) {
    String constant = name.toUpperCase(Locale.ROOT).replace('-', '_');
    return Arrays.stream(values())
        .filter(pass -> pass.name().equals(constant))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "-D"
                        + WITHOUT
                        + " names no pass \""
                        + name
                        + "\"; there are "
                        + Arrays.toString(values()).toLowerCase(Locale.ROOT)));
  }
}
