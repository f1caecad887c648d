package dev.tandem.gan.train;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.data.Dataset;
import dev.tandem.core.engine.PlanEngine;
import dev.tandem.core.op.Engine;
import dev.tandem.core.op.random.Seeds;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.gan.objective.Objective;
import dev.tandem.gan.pair.AdversarialPair;
import dev.tandem.gan.step.Optimizers;
import dev.tandem.gan.step.Steps;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How to train a pair: a recipe, changed by copying.
 *
 * <pre>{@code
 * AdversarialTraining recipe =
 *     AdversarialTraining.of(pair, Objective.of(hinge())).batch(64).seed(1);
 * try (AdversarialTrainer trainer = recipe.start(data)) {
 *   trainer.train(10_000);
 *   trainer.save(directory);
 * }
 * }</pre>
 *
 * @param pair who plays
 * @param objective what each side makes small
 * @param optimizers what moves each side
 * @param schedule who steps when
 * @param batch how many samples the discriminator judges of each kind in a step; with packing, how
 *     many packs
 * @param average how an averaged generator follows, if there is one
 * @param firstWeights whether a start draws the first values of both nets, as a function of the
 *     seed, as far as its steps move them: frozen weights stay; otherwise they start from what they
 *     hold
 * @param engine what runs the steps
 * @param seed of first weights, latents, all else that is random, and the order of the data; if
 *     empty, each start draws one of its own and says it: {@link AdversarialTrainer#seed}
 */
public record AdversarialTraining(
    AdversarialPair pair,
    Objective objective,
    Optimizers optimizers,
    Alternation schedule,
    int batch,
    Optional<Average> average,
    boolean firstWeights,
    Engine engine,
    OptionalLong seed) {

  private static final Logger LOG = LoggerFactory.getLogger(AdversarialTraining.class);

  private static final int BATCH = 64;

  /** Checks the batch size. */
  public AdversarialTraining {
    Objects.requireNonNull(pair, "pair");
    Objects.requireNonNull(objective, "objective");
    if (batch < 1) {
      throw new IllegalArgumentException("batch size is not at least 1: " + batch);
    }
  }

  /**
   * Training with Adam (rate 2e-4, beta1 0.5) on both sides, alternating, batches of 64, without an
   * average and without a seed.
   */
  public static AdversarialTraining of(AdversarialPair pair, Objective objective) {
    return new AdversarialTraining(
        pair,
        objective,
        Optimizers.both(Adam.rate(2e-4).beta1(0.5)),
        Alternation.alternating(),
        BATCH,
        Optional.empty(),
        true,
        new PlanEngine(),
        OptionalLong.empty());
  }

  /** The same with another objective. */
  public AdversarialTraining objective(Objective other) {
    return new AdversarialTraining(
        pair, other, optimizers, schedule, batch, average, firstWeights, engine, seed);
  }

  /** The same with other optimizers. */
  public AdversarialTraining optimizers(Optimizers others) {
    return new AdversarialTraining(
        pair, objective, others, schedule, batch, average, firstWeights, engine, seed);
  }

  /** The same with another schedule. */
  public AdversarialTraining schedule(Alternation other) {
    return new AdversarialTraining(
        pair, objective, optimizers, other, batch, average, firstWeights, engine, seed);
  }

  /** The same with another batch size. */
  public AdversarialTraining batch(int size) {
    return new AdversarialTraining(
        pair, objective, optimizers, schedule, size, average, firstWeights, engine, seed);
  }

  /** The same with an averaged generator. */
  public AdversarialTraining average(Average follow) {
    return new AdversarialTraining(
        pair,
        objective,
        optimizers,
        schedule,
        batch,
        Optional.of(follow),
        firstWeights,
        engine,
        seed);
  }

  /** The same from the weights that the nets hold, instead of first values drawn by the seed. */
  public AdversarialTraining keepingWeights() {
    return new AdversarialTraining(
        pair, objective, optimizers, schedule, batch, average, false, engine, seed);
  }

  /** The same on another engine. */
  public AdversarialTraining engine(Engine kind) {
    return new AdversarialTraining(
        pair, objective, optimizers, schedule, batch, average, firstWeights, kind, seed);
  }

  /** The same with a seed, or another one. */
  public AdversarialTraining seed(long number) {
    return new AdversarialTraining(
        pair,
        objective,
        optimizers,
        schedule,
        batch,
        average,
        firstWeights,
        engine,
        OptionalLong.of(number));
  }

  /** The same with a seed: its own, or one that is drawn now. */
  private AdversarialTraining seeded() {
    if (seed.isPresent()) {
      return this;
    }
    long drawn = Seeds.fresh();
    LOG.info(
        "a training of {} draws by seed {}; seed({}) repeats it", pair.generator(), drawn, drawn);
    return seed(drawn);
  }

  /**
   * A trainer at its start.
   *
   * @param data has one input of the pair's samples, and with classes one target (size) of integer
   *     labels, in [0, classes); for a generator that starts from sources, one input of these and
   *     one target of the samples that belong to them
   * @throws IllegalArgumentException if it has not
   */
  public AdversarialTrainer start(Dataset data) {
    AdversarialTraining seeded = seeded();
    return seeded.start(data, AdversarialTrainer.compile(seeded));
  }

  /**
   * A trainer of a cycle at its start.
   *
   * @param first has one input of samples of the first domain
   * @param second has one input of samples of the second; of any size, in an order of its own
   * @throws IllegalArgumentException if they have not
   */
  public AdversarialTrainer start(Dataset first, Dataset second) {
    AdversarialTraining seeded = seeded();
    return seeded.start(first, second, AdversarialTrainer.compile(seeded));
  }

  /**
   * A trainer of a cycle at its start, with steps of the user's own. The trainer closes them.
   *
   * @param first samples of the first domain
   * @param second samples of the second domain
   * @param steps over this recipe's nets
   */
  public AdversarialTrainer start(Dataset first, Dataset second, Steps steps) {
    return AdversarialTrainer.start(seeded(), ImmutableList.of(first, second), steps);
  }

  /**
   * A trainer at its start, with steps of the user's own in place of those that {@link
   * Steps#compile} makes of the pair, the objective and the optimizers. The trainer closes them.
   *
   * @param steps over this recipe's nets
   */
  public AdversarialTrainer start(Dataset data, Steps steps) {
    return AdversarialTrainer.start(seeded(), ImmutableList.of(data), steps);
  }

  /**
   * A trainer that goes on bit for bit where a saved one was, with its seed if the recipe states
   * none.
   *
   * @throws dev.tandem.core.data.DataFileException if there is no save, it is damaged, or the
   *     recipe, the nets or the data are other ones: lists the differences. Nothing is loaded then
   */
  public AdversarialTrainer resume(Dataset data, Path directory) {
    return AdversarialTrainer.resume(this, ImmutableList.of(data), directory);
  }

  /**
   * The same for a cycle.
   *
   * @param first samples of the first domain
   * @param second samples of the second domain
   * @throws dev.tandem.core.data.DataFileException as with one data set
   */
  public AdversarialTrainer resume(Dataset first, Dataset second, Path directory) {
    return AdversarialTrainer.resume(this, ImmutableList.of(first, second), directory);
  }
}
