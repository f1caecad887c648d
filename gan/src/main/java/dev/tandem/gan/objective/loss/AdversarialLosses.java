package dev.tandem.gan.objective.loss;

import dev.tandem.gan.objective.Objective;

/**
 * The standard losses on scores. In their formulas r is the score of a real sample, f that of a
 * fake, and terms are averaged over the batch; scores are logits where a cross entropy is taken.
 */
public final class AdversarialLosses {

  private AdversarialLosses() {}

  /**
   * D: softplus(−r) + softplus(f); G: −softplus(f) (Goodfellow et al., 2014, arXiv:1406.2661). The
   * generator learns little where the discriminator is sure; see {@link #nonSaturating}.
   */
  public static PointwiseLoss minimax() {
    return new Minimax();
  }

  /** D: softplus(−r) + softplus(f); G: softplus(−f) (Goodfellow et al., arXiv:1406.2661). */
  public static PointwiseLoss nonSaturating() {
    return new NonSaturating();
  }

  /** D: (r − 1)² / 2 + f² / 2; G: (f − 1)² / 2 (Mao et al., 2016, arXiv:1611.04076). */
  public static PointwiseLoss leastSquares() {
    return new LeastSquares();
  }

  /**
   * D: f − r; G: −f (Arjovsky et al., 2017, arXiv:1701.07875). It needs a critic that is held flat,
   * by a gradient penalty or by clipped weights.
   */
  public static PointwiseLoss wasserstein() {
    return new Wasserstein();
  }

  /** D: max(0, 1 − r) + max(0, 1 + f); G: −f (Lim, Ye, 2017, arXiv:1705.02894). */
  public static PointwiseLoss hinge() {
    return new Hinge();
  }

  /**
   * D: as in another loss; G: 0. For generators that learn by {@link Objective#generatorTerm}
   * alone, as by feature matching in its paper (Salimans et al., 2016, arXiv:1606.03498).
   */
  public static PointwiseLoss forDiscriminatorAlone(PointwiseLoss loss) {
    return new DiscriminatorAlone(loss);
  }

  /**
   * D: r + max(0, margin − f); G: f, where the discriminator gives energies, at least 0, such as
   * the error of an autoencoder (EBGAN, Zhao et al., 2016, arXiv:1609.03126).
   *
   * @param margin above 0
   * @throws IllegalArgumentException if it is not
   */
  public static PointwiseLoss energy(double margin) {
    return new Energy(margin);
  }

  /**
   * D: r − k · f; G: f, where the discriminator gives the error of an autoencoder ({@link
   * dev.tandem.gan.net.Reconstruction}); k begins at 0 and moves by {@code gain · (ratio · r − f)}
   * in each step of the discriminator, held in [0, 1] (BEGAN, Berthelot et al., 2017,
   * arXiv:1703.10717; gain 0.001 there). k and the measure of convergence, {@code r + |ratio · r −
   * f|}, are values of the run: {@code began/k} and {@code began/convergence}.
   *
   * @param ratio of the errors of fakes and of real samples that is held (gamma), in (0, 1]; lower
   *     for less diverse samples
   * @param gain above 0 (lambda)
   * @throws IllegalArgumentException if they are not
   */
  public static AdversarialLoss equilibrium(double ratio, double gain) {
    return new Equilibrium(ratio, gain);
  }

  /**
   * D: softplus(f − r); G: softplus(r − f), each real sample against one fake (RpGAN,
   * Jolicoeur-Martineau, 2018, arXiv:1807.00734; the loss of R3GAN, arXiv:2501.05441).
   */
  public static AdversarialLoss relativistic() {
    return new RelativisticPaired();
  }

  /**
   * D: softplus(mean f − r) + softplus(f − mean r); G the same with r and f exchanged (RaSGAN,
   * Jolicoeur-Martineau, 2018, arXiv:1807.00734).
   */
  public static AdversarialLoss relativisticAverage() {
    return new RelativisticAverage();
  }
}
