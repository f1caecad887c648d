package dev.tandem.core.tensor;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The check that the memory of an array is still its own. What reads memory by its address would
 * read whatever lies there now, or end the JVM.
 */
public final class Readable {

  private Readable() {}

  /** Whether neither the array nor what it is a view of was closed, nor the workspace it is in. */
  public static boolean is(INDArray array) {
    return !array.wasClosed() && (!array.isAttached() || array.isInScope());
  }

  /**
   * What to say of one that is not.
   *
   * @param what it is, as in {@code input "x"}
   */
  public static IllegalArgumentException refusal(String what, INDArray array) {
    return new IllegalArgumentException(
        what
            + (array.wasClosed()
                ? " was closed, and its memory given back; close arrays when they are done with"
                : " belongs to a workspace that is closed; detach() it before, or make it outside"));
  }
}
