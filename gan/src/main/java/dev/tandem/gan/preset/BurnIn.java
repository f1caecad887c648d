package dev.tandem.gan.preset;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.optimizer.Optimizer;
import dev.tandem.core.optimizer.Schedule;
import dev.tandem.core.optimizer.Schedules;
import dev.tandem.gan.objective.Objective;
import dev.tandem.gan.objective.penalty.ScheduledPenalty;
import dev.tandem.gan.step.Optimizers;
import dev.tandem.gan.train.AdversarialTraining;
import dev.tandem.gan.train.ScaledRate;
import dev.tandem.gan.train.WeightAverage;
import java.util.Optional;

/**
 * R3GAN's burn-in (Huang et al., 2025, arXiv:2501.05441): in its first part a run has a higher rate
 * and penalty, and shorter memories. All four go to their last values by half a cosine wave, and
 * stay there. The ratios are those of its set-up for CIFAR-10: rates to a quarter (2e-4 to 5e-5),
 * penalties to a tenth (0.05 to 0.005), beta2 from 0.9 to 0.99, the half-life of the average from 0
 * to a quarter of the images of the burn-in (5 of 20 million). Its schedule of augmentation (0 to
 * 0.55) is {@code Strength.scheduled}.
 */
public final class BurnIn {

  private BurnIn() {}

  /**
   * A recipe with a burn-in; its own rates and weights are those of the first step.
   *
   * @param recipe with Adam on both sides
   * @param steps of the burn-in, at least 1: of each side by its own count
   * @throws IllegalArgumentException if an optimizer is not Adam, or a penalty has a schedule
   */
  public static AdversarialTraining of(AdversarialTraining recipe, long steps) {
    long images =
        Math.multiplyExact(
            steps,
            (long) recipe.batch()
                * recipe.pair().packing()
                * recipe.pair().directions().size()
                * recipe.schedule().accumulation()
                * recipe.workers().count());
    return recipe
        .objective(annealed(recipe.objective(), steps))
        .optimizers(
            new Optimizers(
                annealed(recipe.optimizers().generator(), steps),
                annealed(recipe.optimizers().discriminator(), steps),
                recipe.optimizers().clipping()))
        .average(WeightAverage.halfLife(Schedules.cosineDecay(0, steps, images / 4.0)));
  }

  private static Objective annealed(Objective objective, long steps) {
    Optional<Schedule> factor = Optional.of(Schedules.cosineDecay(1, steps, 0.1));
    ImmutableList.Builder<ScheduledPenalty> penalties = ImmutableList.builder();
    for (ScheduledPenalty penalty : objective.penalties()) {
      if (penalty.factor().isPresent()) {
        throw new IllegalArgumentException(
            penalty.penalty() + " has a schedule already: " + penalty.factor().get());
      }
      penalties.add(new ScheduledPenalty(penalty.penalty(), penalty.every(), factor));
    }
    return objective.penalties(penalties.build());
  }

  private static Optimizer annealed(Optimizer optimizer, long steps) {
    if (optimizer instanceof Adam adam && !adam.keepLargest()) {
      Schedule rate = new ScaledRate(adam.rate(), Schedules.cosineDecay(1, steps, 0.25));
      Schedule beta2 = Schedules.cosineDecay(0.9, steps, 0.99);
      return Adam.rate(rate).beta1(adam.beta1()).epsilon(adam.epsilon()).beta2(beta2);
    }
    throw new IllegalArgumentException(
        "a burn-in anneals beta2 of Adam, and the optimizer is "
            + optimizer
            + "; give both sides Adam");
  }
}
