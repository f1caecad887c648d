package dev.tandem.core.op;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A guard over steps that an engine is asked for and makes later, in that order. Where the engine
 * computes, it looks at what it computed; from a run on that is not as it should be, the guard is
 * <em>held</em>: runs behind it change nothing, and runs that are looked at take no other feeds, so
 * that all stands as that run found it. {@link #release} ends that.
 *
 * <p>Its programs are for one thread at a time, as others are.
 */
public interface Guard {

  /**
   * What is looked at after a run.
   *
   * @param output a scalar output of float32 or float64 that must be finite
   * @param variables whether the variables that the run assigns must be, too
   * @param before for an assigned variable the one whose elements are looked at first: where one is
   *     not finite, the same one of the assigned variable need not be
   * @param limit the sum of the squares of all those elements stays below it
   */
  record Look(String output, boolean variables, Map<Variable, Variable> before, double limit) {}

  /** Makes a graph runnable whose runs are looked at. */
  LookedProgram looked(OpGraph graph, Precision precision, Look look);

  /** Makes a graph runnable whose runs change nothing while the guard is held. */
  Program behind(OpGraph graph);

  /** Lets runs work again. */
  void release();

  /**
   * Sets what is called before the host reads a variable that programs of this guard assign.
   *
   * @param listener null for nothing
   */
  void beforeReads(@Nullable Runnable listener);
}
