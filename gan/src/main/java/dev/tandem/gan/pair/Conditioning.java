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
      requireWeight("class", weight);
    }
  }

  /**
   * The generator makes a sample of a source, such as a picture of its edges, and the discriminator
   * sees both, the source before the sample along the last axis (Pix2Pix, Isola et al., 2016,
   * arXiv:1611.07004). The data has a source for each sample; there is no latent.
   *
   * @param distance weight of the mean absolute difference to the sample that belongs to the
   *     source, in the generator's loss; at least 0
   */
  record Translation(double distance) implements Conditioning {

    /** Checks the weight. */
    public Translation {
      requireWeight("distance", distance);
    }

    @Override
    public int classes() {
      return 0;
    }
  }

  /**
   * Two generators, from a first domain to a second one and back, and a discriminator in each
   * domain (CycleGAN, Zhu et al., 2017, arXiv:1703.10593). Samples of the two domains do not belong
   * together; there is no latent. Weights are those of mean absolute differences in the generators'
   * loss, at least 0.
   *
   * @param cycle weight of what a sample has become, there and back, to the sample
   * @param identity weight of what a generator makes of a sample of the domain that it leads to, to
   *     that sample; 0 for none
   * @param pool how many earlier fakes of each generator are kept for its discriminator, which sees
   *     one of them in place of half of the new ones (Shrivastava et al., 2016, arXiv:1612.07828);
   *     0 for none
   */
  record Cycle(double cycle, double identity, int pool) implements Conditioning {

    /** Checks the numbers. */
    public Cycle {
      requireWeight("cycle", cycle);
      requireWeight("identity", identity);
      if (pool < 0) {
        throw new IllegalArgumentException("size of the replay pool is not at least 0: " + pool);
      }
    }

    @Override
    public int classes() {
      return 0;
    }
  }

  private static void requireWeight(String name, double weight) {
    if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "weight of the " + name + " loss is not a number of at least 0: " + weight);
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

  /** Whether the generator starts from samples of the data instead of a latent. */
  default boolean translates() {
    return this instanceof Translation || this instanceof Cycle;
  }

  /** Whether the data has to have labels. */
  default boolean needsLabels() {
    return this instanceof Classes || this instanceof Auxiliary auxiliary && auxiliary.labelled();
  }
}
