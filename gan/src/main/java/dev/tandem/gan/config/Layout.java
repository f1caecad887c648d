package dev.tandem.gan.config;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.engine.PlanEngine;
import dev.tandem.core.op.Precision;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.tensor.Check;
import dev.tandem.gan.conditioning.Conditioning;
import dev.tandem.gan.latent.Latent;
import dev.tandem.gan.objective.Objective;
import dev.tandem.gan.objective.augment.Augmentation;
import dev.tandem.gan.objective.loss.AdversarialLoss;
import dev.tandem.gan.objective.loss.AdversarialLosses;
import dev.tandem.gan.objective.loss.LabelNoise;
import dev.tandem.gan.objective.penalty.GeneratorTerm;
import dev.tandem.gan.objective.penalty.ScheduledPenalty;
import dev.tandem.gan.step.Optimizers;
import dev.tandem.gan.train.Alternation;
import dev.tandem.gan.train.WeightAverage;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * The keys of the first level, in the order in which they are written.
 *
 * @param version of the format
 * @param name of the run, as in names of folders
 * @param data that it learns from
 * @param nets of the pair
 * @param latent of the generator
 * @param conditioning what both nets are told besides
 * @param packing how many samples the discriminator sees at once
 * @param loss of both sides
 * @param penalties on the discriminator
 * @param generatorTerms of the generator's loss
 * @param labels what the discriminator is told
 * @param weightClip of the discriminator
 * @param judgedTogether whether real samples and fakes are judged by one call
 * @param augmentations of all that is judged
 * @param optimizer of both sides
 * @param schedule of the steps of both sides
 * @param batch samples, or packs of them, in a step
 * @param average of the generator's weights
 * @param metrics of the run
 * @param checkpoints of the run
 * @param budget of the run
 * @param workers that make the run together
 * @param seed of all that is random
 * @param device that the steps run on
 * @param precision that the steps compute in
 */
record Layout(
    int version,
    String name,
    DataSettings data,
    NetSettings nets,
    Latent latent,
    Conditioning conditioning,
    int packing,
    AdversarialLoss loss,
    ImmutableList<ScheduledPenalty> penalties,
    ImmutableList<GeneratorTerm> generatorTerms,
    LabelNoise labels,
    OptionalDouble weightClip,
    boolean judgedTogether,
    ImmutableList<Augmentation> augmentations,
    Optimizers optimizer,
    Alternation schedule,
    int batch,
    Optional<WeightAverage> average,
    MetricSettings metrics,
    CheckpointSettings checkpoints,
    Budget budget,
    WorkerSettings workers,
    OptionalLong seed,
    String device,
    Precision precision) {

  static final String VERSION = "version";
  static final int NOW = 1;

  /** Checks what no part does. */
  Layout {
    if (!name.matches("[\\p{L}\\p{N}_-][\\p{L}\\p{N}._-]*")) {
      throw new IllegalArgumentException(
          "name is not made of letters, digits, dots, dashes and underscores: " + name);
    }
    Check.positive("packing", packing);
    Check.positive("batch", batch);
    Objects.requireNonNull(precision, "precision");
    objective(loss, penalties, labels, augmentations, weightClip, generatorTerms, judgedTogether);
  }

  /** The losses of both sides. */
  Objective objective() {
    return objective(
        loss, penalties, labels, augmentations, weightClip, generatorTerms, judgedTogether);
  }

  private static Objective objective(
      AdversarialLoss loss,
      ImmutableList<ScheduledPenalty> penalties,
      LabelNoise labels,
      ImmutableList<Augmentation> augmentations,
      OptionalDouble weightClip,
      ImmutableList<GeneratorTerm> generatorTerms,
      boolean judgedTogether) {
    return new Objective(
        loss, penalties, labels, augmentations, weightClip, generatorTerms, judgedTogether);
  }

  /** The values of what a file leaves out; a loss has to be there. */
  static Layout usual() {
    return new Layout(
        NOW,
        "gan",
        DataSettings.named("mnist"),
        new NetSettings(),
        Latent.none(),
        Conditioning.none(),
        1,
        AdversarialLosses.nonSaturating(),
        ImmutableList.of(),
        ImmutableList.of(),
        LabelNoise.none(),
        OptionalDouble.empty(),
        false,
        ImmutableList.of(),
        Optimizers.both(Adam.rate(2e-4).beta1(0.5)),
        Alternation.alternating(),
        64,
        Optional.empty(),
        MetricSettings.none(),
        new CheckpointSettings(500, 2),
        new Budget(5000, OptionalDouble.empty()),
        WorkerSettings.none(),
        OptionalLong.of(1),
        PlanEngine.NAME,
        Precision.FLOAT32);
  }
}
