package dev.tandem.gan.pair;

/**
 * What both nets are told besides their input. How a net uses a class (concatenated, projected) is
 * drawn in the net itself; see {@link ClassInputs}.
 */
public sealed interface Conditioning {

  /** Nothing. */
  record None() implements Conditioning {}

  /**
   * The class of each sample: a second input of both nets, int32 (batch), counted from 0.
   *
   * @param count the number of classes, at least 2
   */
  record Classes(int count) implements Conditioning {

    /** Checks the count. */
    public Classes {
      if (count < 2) {
        throw new IllegalArgumentException("number of classes is not at least 2: " + count);
      }
    }
  }

  /** Nothing. */
  static Conditioning none() {
    return new None();
  }

  /** The class of each sample. */
  static Conditioning classes(int count) {
    return new Classes(count);
  }

  /** Whether the nets take a label. */
  default boolean usesLabels() {
    return this instanceof Classes;
  }
}
