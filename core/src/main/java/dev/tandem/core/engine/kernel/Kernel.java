package dev.tandem.core.engine.kernel;

/**
 * A call bound to its buffers. Running it reads the inputs and writes the outputs, nothing else.
 */
@FunctionalInterface
public interface Kernel extends AutoCloseable {

  /** Computes the outputs. */
  void run();

  /** Asks for memory to work in, besides its buffers, before the first run. */
  default void workIn(Scratchpad pad) {}

  /** Gives back what binding took; buffers belong to the plan. */
  @Override
  default void close() {}
}
