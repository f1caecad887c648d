package dev.tandem.core.worker;

import dev.tandem.core.op.Engine;
import dev.tandem.core.op.Variable;
import java.util.List;

/**
 * Cards of one machine, one for each of some workers, that exchange numbers without the host. A
 * module for cards brings it, by its {@link CardProvider}.
 */
public interface CardGroup extends AutoCloseable {

  /**
   * The engine of a worker's trainer, whose recipe asks for one.
   *
   * @see Workers#engine
   */
  Engine engine(int rank, Engine asked);

  /**
   * Lets a worker's variables take part in a mean: their values are on its card then. For the
   * worker's thread.
   */
  Part part(int rank, List<Variable> variables);

  /**
   * Replaces the values of all parts by their {@link RunningMean}. For one thread, while the others
   * wait; if it fails, no value has changed.
   *
   * @param parts of all workers, by rank, with as many numbers each
   * @param samples that each counts by
   * @throws WorkerException that names the worker whose card failed, or let others wait
   */
  void mean(List<Part> parts, List<Long> samples);

  /** Gives back what the exchange has on the cards, which stay open. */
  @Override
  void close();

  /** The variables of one worker that take part in a mean. */
  interface Part extends AutoCloseable {

    /** How many numbers are float32. */
    long floats();

    /** How many numbers are float64. */
    long doubles();

    /** Lets go of the variables, which keep the values that they have. */
    @Override
    void close();
  }
}
