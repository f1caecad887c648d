package dev.tandem.cuda.memory;

import dev.tandem.core.op.Guard;
import org.jspecify.annotations.Nullable;

/**
 * What the runs of a program have to do with a guard: nothing; or they are left out while it is
 * held; or they are looked at.
 *
 * @param flag of the guard; null without one
 * @param look what is looked at; null if nothing is
 */
public record Guarding(@Nullable GuardFlag flag, Guard.@Nullable Look look) {

  /** No guard. */
  public static final Guarding NONE = new Guarding(null, null);
}
