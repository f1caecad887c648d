package dev.tandem.core.op;

import java.util.List;
import java.util.Optional;

/** Makes graphs runnable. All engines compute the same; they differ in speed. */
public interface Engine {

  /** Makes a graph runnable. */
  Program prepare(OpGraph graph);

  /**
   * The sum of squares of variables, computed where this engine has their values: for looking
   * whether what its programs wrote is finite, without moving it.
   *
   * @param variables as they are whenever the sum is asked for; they are kept in place until it is
   *     closed
   */
  default SumOfSquares squares(List<Variable> variables) {
    return new HostSquares(variables);
  }

  /**
   * A new guard, for steps that need not wait for each other; empty if this engine has computed a
   * run when it comes back from it.
   */
  default Optional<Guard> guard() {
    return Optional.empty();
  }
}
