package dev.tandem.core.engine;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
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
    ImmutableMap<String, Pass> passes =
        Maps.uniqueIndex(EnumSet.allOf(Pass.class), pass -> pass.name().toLowerCase(Locale.ROOT));
    EnumSet<Pass> enabled = EnumSet.allOf(Pass.class);
    ListedNames.of(WITHOUT, "pass", passes.keySet())
        .forEach(name -> enabled.remove(passes.get(name)));
    return Collections.unmodifiableSet(enabled);
  }
}
