package dev.tandem.gan.step;

import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.optimizer.AnnealedAdam;
import dev.tandem.core.optimizer.Optimizer;
import dev.tandem.core.optimizer.Sgd;
import dev.tandem.gan.objective.penalty.ScheduledPenalty;
import java.util.List;

/**
 * The discriminator's optimizer when penalties have steps of their own. With one penalty after
 * every k-th step there are k + 1 updates in place of k. Adam's updates are of the size of its rate
 * whatever the gradient's, so rate and memory are taken to the power of time: {@code rate · c,
 * β1^c, β2^c} with {@code c = k / (k + 1)} (StyleGAN2, Karras et al., 2019, arXiv:1912.04958,
 * appendix B). Plain gradient descent moves in proportion to the gradient and needs no correction.
 */
final class LazyOptimizer {

  private LazyOptimizer() {}

  /**
   * The corrected optimizer.
   *
   * @throws IllegalArgumentException if no correction is known for it
   */
  static Optimizer of(Optimizer optimizer, List<ScheduledPenalty> penalties) {
    double updates =
        1
            + penalties.stream()
                .mapToInt(ScheduledPenalty::every)
                .filter(every -> every > 1)
                .distinct()
                .mapToDouble(every -> 1.0 / every)
                .sum();
    if (updates == 1 || optimizer instanceof Sgd sgd && sgd.momentum() == 0) {
      return optimizer;
    }
    double share = 1 / updates;
    if (optimizer instanceof AnnealedAdam adam) {
      return new AnnealedAdam(
          new LazyRate(adam.rate(), share),
          Math.pow(adam.beta1(), share),
          new LazyMemory(adam.beta2(), share),
          adam.epsilon());
    }
    if (optimizer instanceof Adam adam) {
      return new Adam(
          new LazyRate(adam.rate(), share),
          Math.pow(adam.beta1(), share),
          Math.pow(adam.beta2(), share),
          adam.epsilon(),
          adam.keepLargest());
    }
    throw new IllegalArgumentException(
        "lazy penalties change the number of updates, and how "
            + optimizer
            + " is corrected for that is not known; use Adam, or SGD without momentum, or"
            + " penalties in every step");
  }
}
