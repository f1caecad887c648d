package dev.tandem.gan.pair;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.model.Model;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import dev.tandem.gan.conditioning.Auxiliary;
import dev.tandem.gan.conditioning.Classes;
import dev.tandem.gan.conditioning.Conditioning;
import dev.tandem.gan.conditioning.Cycle;
import dev.tandem.gan.conditioning.Direction;
import dev.tandem.gan.conditioning.Networks;
import dev.tandem.gan.conditioning.Translation;
import dev.tandem.gan.latent.Latent;
import java.util.Objects;

/**
 * A generator and a discriminator with the latent and the conditioning: {@code
 * AdversarialPair.of(generator, discriminator, Latent.normal(64))}.
 *
 * <p>The generator maps the latent (batch, …) to samples; the discriminator maps samples to logits
 * or scores, (batch, 1) or a map of them. With classes each takes a label as its second input. A
 * generator may also start from samples of the data: {@link #translating} and {@link #cyclic}.
 *
 * @param generator its first input is the latent, or what it starts from
 * @param discriminator its first input is a sample, or several packed along the last axis
 * @param latent of the generator
 * @param conditioning what both are told besides
 * @param packing how many samples the discriminator sees at once (PacGAN, Lin et al., 2018,
 *     arXiv:1712.04086): its input has that many times the channels of a sample; 1 for the usual
 */
public record AdversarialPair(
    Model generator, Model discriminator, Latent latent, Conditioning conditioning, int packing) {

  /**
   * Checks that shapes and types fit each other.
   *
   * @throws IllegalArgumentException if they do not; names the net and both shapes
   */
  public AdversarialPair {
    Objects.requireNonNull(conditioning, "conditioning");
    if (packing < 1) {
      throw new IllegalArgumentException("packing is not at least 1: " + packing);
    }
    if (generator == discriminator || generator.name().equals(discriminator.name())) {
      throw new IllegalArgumentException(
          "generator and discriminator are both named \""
              + generator.name()
              + "\"; give each a name of its own, by which files tell their weights apart");
    }
    conditioning.check(new Networks(generator, discriminator, latent, packing));
  }

  /** Two nets without conditioning or packing. */
  public static AdversarialPair of(Model generator, Model discriminator, Latent latent) {
    return new AdversarialPair(generator, discriminator, latent, Conditioning.none(), 1);
  }

  /**
   * Two nets that are both told the class of each sample.
   *
   * @param classes the number of classes, at least 2
   */
  public static AdversarialPair conditional(
      Model generator, Model discriminator, Latent latent, int classes) {
    return new AdversarialPair(generator, discriminator, latent, new Classes(classes), 1);
  }

  /**
   * A generator that is told the class of each sample, and a discriminator that has to tell it with
   * its second output, class logits (ACGAN, Odena et al., 2016, arXiv:1610.09585).
   *
   * @param classes the number of classes, at least 2
   */
  public static AdversarialPair auxiliary(
      Model generator, Model discriminator, Latent latent, int classes) {
    return new AdversarialPair(
        generator, discriminator, latent, new Auxiliary(classes, 1, true), 1);
  }

  /**
   * A generator that is told a code, and a discriminator that has to find it in the sample with its
   * second output, logits (InfoGAN, Chen et al., 2016, arXiv:1606.03657). The data has no labels.
   *
   * @param codes the number of codes, at least 2
   */
  public static AdversarialPair coded(
      Model generator, Model discriminator, Latent latent, int codes) {
    return new AdversarialPair(generator, discriminator, latent, new Auxiliary(codes, 1, false), 1);
  }

  /**
   * Two nets, the discriminator seeing several samples at once.
   *
   * @param packing how many, at least 1
   */
  public static AdversarialPair packed(
      Model generator, Model discriminator, Latent latent, int packing) {
    return new AdversarialPair(generator, discriminator, latent, Conditioning.none(), packing);
  }

  /**
   * A generator from sources to samples, without a latent, and a discriminator that sees both, the
   * source before the sample along the last axis (Pix2Pix, Isola et al., 2016, arXiv:1611.07004).
   *
   * @param distance weight of the mean absolute difference to the sample that belongs to the
   *     source; 100 there
   */
  public static AdversarialPair translating(Model generator, Model discriminator, double distance) {
    return new AdversarialPair(
        generator, discriminator, Latent.none(), new Translation(distance), 1);
  }

  /**
   * Two generators between two domains and a discriminator in each (CycleGAN, Zhu et al., 2017,
   * arXiv:1703.10593). The two generators are one side of the pair, updated by one optimizer, the
   * two discriminators the other.
   *
   * @param forth from the first domain to the second
   * @param back from the second domain to the first
   */
  public static AdversarialPair cyclic(Direction forth, Direction back, Cycle conditioning) {
    Networks networks = conditioning.networks(forth, back);
    return new AdversarialPair(
        networks.generator(),
        networks.discriminator(),
        networks.latent(),
        conditioning,
        networks.packing());
  }

  /** The networks, latent and packing, without the conditioning. */
  public Networks networks() {
    return new Networks(generator, discriminator, latent, packing);
  }

  /** The directions: one, with a cycle two. */
  public ImmutableList<Direction> directions() {
    return networks().directions(conditioning);
  }

  /** The networks of each direction in one of the two sides, or in a copy of it. */
  public ImmutableList<Model> parts(Model net) {
    return conditioning.parts(net);
  }

  /** The samples of the generator, with a cycle of the first one: (batch, …) and their type. */
  public TensorSpec sample() {
    return networks().sample();
  }

  /** The shape of one sample, without the batch axis. */
  public Shape sampleShape() {
    return sample().shape().sample();
  }
}
