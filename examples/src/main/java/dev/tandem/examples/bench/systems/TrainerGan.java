package dev.tandem.examples.bench.systems;

import dev.tandem.core.data.Dataset;
import dev.tandem.examples.bench.measure.Workload;
import dev.tandem.gan.latent.Latent;
import dev.tandem.gan.objective.Objective;
import dev.tandem.gan.objective.loss.AdversarialLosses;
import dev.tandem.gan.objective.penalty.Penalties;
import dev.tandem.gan.pair.AdversarialPair;
import dev.tandem.gan.step.Optimizers;
import dev.tandem.gan.train.AdversarialTrainer;
import dev.tandem.gan.train.AdversarialTraining;
import dev.tandem.gan.train.Round;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A GAN's step as a round of the gan module's trainer: the nets, data and arithmetic of {@link
 * TandemGan}, with schedule, counters, order of the data and all that the trainer does besides.
 */
public final class TrainerGan implements Workload {

  private static final int SEED = 1;
  private static final double PENALTY = 10;

  private final AdversarialTrainer trainer;

  /** Compiles both steps. */
  public TrainerGan(GanTask task) {
    AdversarialPair pair =
        AdversarialPair.of(task.generator(), task.discriminator(), Latent.normal(task.latent()));
    INDArray[] real = task.real().toArray(INDArray[]::new);
    Dataset data = Dataset.builder().input("real", Nd4j.concat(0, real)).build();
    trainer =
        AdversarialTraining.of(pair, objective(task))
            .initializing()
            .optimizers(Optimizers.both(task.adam()))
            .batch(task.batch())
            .seed(SEED)
            .start(data);
  }

  private static Objective objective(GanTask task) {
    return switch (task.objective()) {
      case NON_SATURATING -> Objective.of(AdversarialLosses.nonSaturating());
      case WASSERSTEIN_PENALTY ->
          Objective.of(AdversarialLosses.wasserstein()).penalty(Penalties.gradientPenalty(PENALTY));
    };
  }

  @Override
  public double[] step(int number) {
    Round round = trainer.round();
    return new double[] {round.discriminatorLoss(), round.generatorLoss()};
  }

  @Override
  public void close() {
    trainer.close();
  }
}
