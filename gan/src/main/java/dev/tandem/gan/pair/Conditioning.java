package dev.tandem.gan.pair;

/**
 * What the nets are told, or have to tell, besides their samples. How a net uses a class
 * (concatenated, projected) is drawn in the net itself; see {@link ClassInputs}. A label is an
 * int32 input (batch), classes counted from 0.
 */
public sealed interface Conditioning {

  /** Nothing. */
  record None() implements Conditioning {

    @Override
    public int classes() {
      return 0;
    }
  }

  /**
   * Both nets are told the class of each sample: a label is the second input of both.
   *
   * @param classes how many there are, at least 2
   */
  record Classes(int classes) implements Conditioning {

    /** Checks the number. */
    public Classes {
      requireSeveral(classes);
    }
  }

  /**
   * The generator is told a class, and the discriminator has to tell it: the generator's second
   * input is a label, the discriminator's second output are logits (batch, classes), and their
   * cross entropy is part of both sides' losses.
   *
   * @param classes how many there are, at least 2
   * @param weight of the cross entropy, at least 0
   * @param labelled whether classes are those of the data, which real samples are judged by too
   *     (ACGAN, Odena, Olah, Shlens, 2016, arXiv:1610.09585); otherwise they are drawn in each step
   *     and get a meaning of their own (InfoGAN, Chen et al., 2016, arXiv:1606.03657)
   */
  record Auxiliary(int classes, double weight, boolean labelled) implements Conditioning {

    /** Checks the numbers. */
    public Auxiliary {
      requireSeveral(classes);
      if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "weight of the class loss is not a number of at least 0: " + weight);
      }
    }
  }

  private static void requireSeveral(int classes) {
    if (classes < 2) {
      throw new IllegalArgumentException("number of classes is not at least 2: " + classes);
    }
  }

  /** Nothing. */
  static Conditioning none() {
    return new None();
  }

  /** The number of classes; 0 if there are none. */
  int classes();

  /** Whether the generator takes a label. */
  default boolean tellsGenerator() {
    return classes() > 0;
  }

  /** Whether the discriminator takes a label. */
  default boolean tellsDiscriminator() {
    return this instanceof Classes;
  }

  /** Whether the data has to have labels. */
  default boolean needsLabels() {
    return this instanceof Classes || this instanceof Auxiliary auxiliary && auxiliary.labelled();
  }
}
