package dev.tandem.core.engine.kernel;

/**
 * A call bound to its buffers. Running it reads the inputs and writes the outputs, nothing else.
 */
@FunctionalInterface
public interface Kernel extends AutoCloseable {

  /** Computes the outputs. */
  void run();

  /** Gives back what binding took; buffers belong to the plan. */
  @Override
  default void close() {}
}
