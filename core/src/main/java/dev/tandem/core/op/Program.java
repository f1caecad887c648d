package dev.tandem.core.op;

import dev.tandem.core.tensor.Shape;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** An {@link OpGraph} made ready to run by an {@link Engine}. Not for several threads at once. */
public interface Program extends AutoCloseable {

  /** The graph it runs. */
  OpGraph graph();

  /**
   * Gives the values of a feed for the following runs; they are copied.
   *
   * @throws IllegalArgumentException if there is no such feed or the shape differs; nothing changes
   */
  void feed(String name, INDArray values);

  /** Gives the value of a scalar feed. */
  void feed(String name, double value);

  /**
   * Computes the outputs and writes the assigned variables.
   *
   * @param seed of the random ops
   * @param step of the random ops: the same (seed, step) gives the same numbers
   */
  void run(long seed, long step);

  /** An output of the last run, of that run only: the next one may overwrite it. */
  INDArray output(String name);

  /** A scalar output of the last run. */
  double scalar(String name);

  /**
   * Repeats a run with checks on and without writing variables.
   *
   * @return the first call that makes NaN or infinity, if one does
   */
  Optional<OpCall> findNonFinite(long seed, long step);

  /** Gives the memory back. */
  @Override
  void close();

  /**
   * The buffer of a feed, if the given values fit.
   *
   * @throws IllegalArgumentException if there is no such feed, or shape or type differ
   */
  static INDArray requireFeed(@Nullable INDArray buffer, String name, INDArray values) {
    if (buffer == null) {
      throw new IllegalArgumentException("there is no feed \"" + name + "\"");
    }
    if (!Arrays.equals(buffer.shape(), values.shape())) {
      throw new IllegalArgumentException(
          "feed \""
              + name
              + "\" is "
              + Shape.of(buffer.shape())
              + ", got "
              + Shape.of(values.shape()));
    }
    return buffer;
  }
}
