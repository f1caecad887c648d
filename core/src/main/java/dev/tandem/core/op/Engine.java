package dev.tandem.core.op;

import java.util.List;
import java.util.Optional;

/** Makes graphs runnable. All engines compute the same; they differ in speed. */
public interface Engine {

  /** Makes a graph runnable, in {@link Precision#FLOAT32}. */
  Program prepare(OpGraph graph);

  /**
   * Makes a graph runnable in a precision.
   *
   * @throws IllegalArgumentException if this engine {@linkplain #lacks} it; names what there is
   */
  default Program prepare(OpGraph graph, Precision precision) {
    if (precision != Precision.FLOAT32) {
      precision.require(this);
      throw new IllegalStateException(
          this
              + " says that it has "
              + precision.text()
              + ", but prepares graphs in float32 alone");
    }
    return prepare(graph);
  }

  /**
   * What keeps this engine from a precision where it is, as part of a sentence: {@code this
   * processor has neither avx512_bf16 nor amx_bf16}. An engine that has more than {@link
   * Precision#FLOAT32} also overrides {@link #prepare(OpGraph, Precision)}.
   *
   * @return empty if it has it
   */
  default Optional<String> lacks(Precision precision) {
    return precision == Precision.FLOAT32
        ? Optional.empty()
        : Optional.of("its products and convolutions take all bits of float32");
  }

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
