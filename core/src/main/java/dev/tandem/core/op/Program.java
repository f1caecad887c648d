package dev.tandem.core.op;

import dev.tandem.core.tensor.Shape;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** An {@link OpGraph} made ready to run by an {@link Engine}. Not for several threads at once. */
public interface Program extends AutoCloseable {

  /** The graph it runs. */
  OpGraph graph();

  /**
   * Gives the values of a feed for the following runs; they are copied, and converted if their type
   * is another.
   *
   * @throws IllegalArgumentException if there is no such feed or the shape differs; nothing changes
   */
  void feed(String name, INDArray values);

  /**
   * Gives the value of a scalar feed for the following runs.
   *
   * @throws IllegalArgumentException if there is no such feed or it is not a scalar
   */
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

  /**
   * The memory that it holds for itself, in bytes: intermediate values, feeds, outputs, and what
   * kernels work in; not that of variables. Empty if its engine does not know.
   */
  default OptionalLong bytes() {
    return OptionalLong.empty();
  }

  /** Gives the memory back. */
  @Override
  void close();

  /**
   * The buffer of a feed, if the given values fit.
   *
   * @throws IllegalArgumentException if there is no such feed or the shapes differ
   */
  static INDArray requireFeed(@Nullable INDArray buffer, String name, INDArray values) {
    INDArray known = requireFeed(buffer, name);
    if (!Arrays.equals(known.shape(), values.shape())) {
      throw new IllegalArgumentException(
          "feed \""
              + name
              + "\" is "
              + Shape.of(known.shape())
              + ", got "
              + Shape.of(values.shape()));
    }
    return known;
  }

  /**
   * The buffer of a scalar feed.
   *
   * @throws IllegalArgumentException if there is no such feed or it is not a scalar
   */
  static INDArray requireScalarFeed(@Nullable INDArray buffer, String name) {
    INDArray known = requireFeed(buffer, name);
    if (known.rank() != 0) {
      throw new IllegalArgumentException(
          "feed \"" + name + "\" is " + Shape.of(known.shape()) + ", not a scalar");
    }
    return known;
  }

  private static INDArray requireFeed(@Nullable INDArray buffer, String name) {
    if (buffer == null) {
      throw new IllegalArgumentException("there is no feed \"" + name + "\"");
    }
    return buffer;
  }
}
