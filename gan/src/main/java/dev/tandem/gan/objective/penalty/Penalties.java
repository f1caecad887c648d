package dev.tandem.gan.objective.penalty;

import com.google.common.collect.ImmutableList;
import dev.tandem.gan.objective.augment.Augmentation;

/** The standard penalties; each is exact to second order and takes one gradient per sample. */
public final class Penalties {

  private Penalties() {}

  /**
   * {@code weight · E[(‖∇D(x)‖ − 1)²]} with x on straight lines from fakes to real samples, one
   * place for each sample (WGAN-GP, Gulrajani et al., 2017, arXiv:1704.00028; weight 10 there).
   *
   * @throws IllegalArgumentException if the weight is negative or no number
   */
  public static Penalty gradientPenalty(double weight) {
    return new GradientPenalty(weight, 1);
  }

  /** {@link #gradientPenalty} towards another slope; 0 makes flat critics. */
  public static Penalty gradientPenalty(double weight, double target) {
    return new GradientPenalty(weight, target);
  }

  /**
   * {@code weight · E[(‖∇D(x)‖ − 1)²]} near real samples: x is moved by up to half the standard
   * deviation of the batch (DRAGAN, Kodali et al., 2017, arXiv:1705.07215; weight 10 there).
   */
  public static Penalty dragan(double weight) {
    return new Dragan(weight, 0.5);
  }

  /**
   * {@code gamma / 2 · E[‖∇D(x)‖²]} at real samples (Mescheder, Geiger, Nowozin, 2018,
   * arXiv:1801.04406). Under augmentations both the place and the gradient are those of the
   * augmented samples, which are what the discriminator sees, as in R3GAN's program;
   * StyleGAN2-ADA's differentiates by the samples in front of the augmentation.
   */
  public static Penalty r1(double gamma) {
    return new R1(gamma);
  }

  /**
   * {@code gamma / 2 · E[‖∇D(x)‖²]} at fakes (Mescheder et al., 2018, arXiv:1801.04406); augmented
   * ones as with {@link #r1}.
   */
  public static Penalty r2(double gamma) {
    return new R2(gamma);
  }

  /**
   * {@code weight · E[(D(x) − D(T(x)))²]} at real samples, T a random change of them (CR-GAN, Zhang
   * et al., 2019, arXiv:1910.12027; weight 10 and shifts and mirrored sides there).
   *
   * @param changes what T does, one after another
   * @throws IllegalArgumentException if the weight is not above 0, or there are no changes
   */
  public static Penalty consistency(double weight, Augmentation... changes) {
    return new Consistency(weight, 0, ImmutableList.copyOf(changes));
  }

  /**
   * {@link #consistency} at real samples and at fakes, each with a weight (bCR, Zhao et al., 2020,
   * arXiv:2002.04724; 10 and 10 there).
   */
  public static Penalty balancedConsistency(double ofReal, double ofFake, Augmentation... changes) {
    return new Consistency(ofReal, ofFake, ImmutableList.copyOf(changes));
  }

  /**
   * {@code weight · (E[(D(x) − a)²] + E[(D(G(z)) − b)²])} with a and b the averages of earlier
   * scores of fakes and of real samples, kept by 0.99 (Tseng et al., 2021, arXiv:2104.03310).
   */
  public static Penalty leCam(double weight) {
    return new LeCam(weight, 0.99);
  }
}
