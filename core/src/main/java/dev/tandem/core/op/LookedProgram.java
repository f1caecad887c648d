package dev.tandem.core.op;

import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A program under a {@link Guard}, whose runs can be asked for without waiting. */
public interface LookedProgram extends Program {

  /** The number of reports at most that are not {@linkplain Report#take taken} yet. */
  int MOST_REPORTS = 256;

  /** What the look at one run found. */
  enum Finding {
    /** All is as it should be. */
    FINE,
    /** Something is not, and the guard is held from here on. */
    HELD,
    /** The guard was held already, and the run is not what was asked for. */
    LEFT_OUT
  }

  /** What there is to know of one run, once it was made. */
  interface Report {

    /** Waits for the run, and takes the numbers over, so that they stay. */
    Finding take();

    /** A scalar output of that run; it was taken. */
    double scalar(String name);

    /** The sum of squares that was found; it was taken. */
    double squares();
  }

  /**
   * Asks for a run and a look, and does not wait. Of more than {@link #MOST_REPORTS} the oldest is
   * taken first.
   *
   * @param seed of the random ops
   * @param step of the random ops
   */
  Report ask(long seed, long step);

  /** The values of a feed in the last run that was not left out: a new array. */
  INDArray fed(String name);

  /** Makes the last run that was not left out once more; it writes what it assigns. */
  void repeat();

  /** An error of the last runs that is none of numbers, such as an index outside of its table. */
  Optional<RuntimeException> refusal();
}
