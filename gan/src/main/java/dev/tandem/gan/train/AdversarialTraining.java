package dev.tandem.gan.train;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Longs;
import dev.tandem.core.data.DataSource;
import dev.tandem.core.engine.PlanEngine;
import dev.tandem.core.op.Engine;
import dev.tandem.core.op.Precision;
import dev.tandem.core.op.random.Seeds;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.worker.Exchange;
import dev.tandem.core.worker.Workers;
import dev.tandem.gan.objective.Objective;
import dev.tandem.gan.pair.AdversarialPair;
import dev.tandem.gan.step.Optimizers;
import dev.tandem.gan.step.Steps;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A recipe for training a pair, changed by copying.
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
 * @param pair of networks
 * @param objective losses of both sides
 * @param optimizers of both sides
 * @param schedule of the steps of both sides
 * @param batch how many samples the discriminator judges of each kind in a step; with packing, how
 *     many packs
 * @param average of the generator, if there is one
 * @param initializes whether a start initializes both networks by the seed, as far as their steps
 *     update them; otherwise they go on from the weights that they have
 * @param engine that runs the steps; that of the CPU gives way to the card that a worker has
 * @param precision of the operands of products and convolutions in the steps; samples are made in
 *     float32
 * @param seed of first weights, latents, all else that is random, and the order of the data; if
 *     empty, each start takes a fresh one and says it: {@link AdversarialTrainer#seed}
 * @param workers that train together, each on batches of its own; {@link Workers#alone} unless set
 * @param exchange what they exchange: gradients in every step unless set
 */
public record AdversarialTraining(
    AdversarialPair pair,
    Objective objective,
    Optimizers optimizers,
    Alternation schedule,
    int batch,
    Optional<WeightAverage> average,
    boolean initializes,
    Engine engine,
    Precision precision,
    OptionalLong seed,
    Workers workers,
    Exchange exchange) {

  private static final Logger LOG = LoggerFactory.getLogger(AdversarialTraining.class);

  private static final int BATCH = 64;

  /** Checks the batch size; workers with cards have engines of their own. */
  public AdversarialTraining {
    Objects.requireNonNull(pair, "pair");
    Objects.requireNonNull(objective, "objective");
    engine = workers.engine(engine);
    if (batch < 1) {
      throw new IllegalArgumentException("batch size is not at least 1: " + batch);
    }
  }

  /**
   * Training with Adam (rate 2e-4, beta1 0.5) on both sides, alternating, batches of 64, from the
   * weights that the networks have, without an average and without a seed.
   */
  public static AdversarialTraining of(AdversarialPair pair, Objective objective) {
    return new AdversarialTraining(
        pair,
        objective,
        Optimizers.both(Adam.rate(2e-4).beta1(0.5)),
        Alternation.alternating(),
        BATCH,
        Optional.empty(),
        false,
        new PlanEngine(),
        Precision.FLOAT32,
        OptionalLong.empty(),
        Workers.alone(),
        Exchange.everyStep());
  }

  /** The same with another objective. */
  public AdversarialTraining objective(Objective other) {
    return with(draft -> draft.objective = other);
  }

  /** The same with other optimizers. */
  public AdversarialTraining optimizers(Optimizers others) {
    return with(draft -> draft.optimizers = others);
  }

  /** The same with another schedule. */
  public AdversarialTraining schedule(Alternation other) {
    return with(draft -> draft.schedule = other);
  }

  /** The same with another batch size. */
  public AdversarialTraining batch(int size) {
    return with(draft -> draft.batch = size);
  }

  /** The same with an averaged generator. */
  public AdversarialTraining average(WeightAverage follow) {
    return with(draft -> draft.average = Optional.of(follow));
  }

  /**
   * The same with first weights: a start replaces the weights of both networks by first ones from
   * the seed, as far as its steps update them. Frozen weights stay.
   */
  public AdversarialTraining initializing() {
    return with(draft -> draft.initializes = true);
  }

  /**
   * The same from the weights that the networks have, as without {@link #initializing}; those
   * without values get first ones from the seed.
   */
  public AdversarialTraining keepingWeights() {
    return with(draft -> draft.initializes = false);
  }

  /** The same on another engine. */
  public AdversarialTraining engine(Engine runner) {
    return with(draft -> draft.engine = runner);
  }

  /**
   * The same in another precision: products and convolutions of the steps round what they multiply;
   * weights, sums, norms, losses, penalties and updates stay float32. A save notes it, and is
   * resumed in the same one.
   *
   * @throws IllegalArgumentException from a start, if the engine does not have it where it is
   */
  public AdversarialTraining precision(Precision operands) {
    return with(draft -> draft.precision = Objects.requireNonNull(operands, "precision"));
  }

  /** The same with a seed, or another one. */
  public AdversarialTraining seed(long number) {
    return with(draft -> draft.seed = OptionalLong.of(number));
  }

  /**
   * The same together with other workers, each of which runs the same program on the same data:
   * their batches are dealt by rank, gradients, state and losses of each step become their means,
   * and all nets stay equal to the bit. It is the training of one process that {@linkplain
   * Alternation#accumulating accumulates} as many batches; workers that accumulate take as many
   * each. A save of one worker is that of all; it goes on with any number of them, of which each
   * takes {@link #batch} samples a step, and the run notes that.
   */
  public AdversarialTraining over(Workers others) {
    return over(others, Exchange.everyStep());
  }

  /**
   * The same together with other workers, in one of two ways. With {@link Exchange#averaging} each
   * makes rounds of its own, and after so many of them all go on with the mean of their nets,
   * averages, state and optimizer state. Losses are then of this worker's batches, but those of the
   * round after which the mean is taken, which are means too. What saves, or looks at the training
   * to decide, does so after such rounds alone.
   */
  public AdversarialTraining over(Workers others, Exchange way) {
    return with(
        draft -> {
          draft.workers = Objects.requireNonNull(others, "workers");
          draft.exchange = Objects.requireNonNull(way, "exchange");
        });
  }

  /** Whether workers hold different things after so many rounds. */
  boolean isApartAfter(long rounds) {
    return workers.count() > 1 && !exchange.isTogetherAfter(rounds);
  }

  /** The rounds from one time that all workers hold the same to the next. */
  int roundsApart() {
    return workers.count() > 1 ? exchange.every() : 1;
  }

  /** The batches that make a step, over all workers. */
  int batchesOfAStep() {
    return Math.multiplyExact(schedule.accumulation(), workers.count());
  }

  private AdversarialTraining with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.build();
  }

  /** The components of a recipe while one of them changes. */
  private static final class Draft {

    private final AdversarialPair pair;
    private Objective objective;
    private Optimizers optimizers;
    private Alternation schedule;
    private int batch;
    private Optional<WeightAverage> average;
    private boolean initializes;
    private Engine engine;
    private Precision precision;
    private OptionalLong seed;
    private Workers workers;
    private Exchange exchange;

    Draft(AdversarialTraining from) {
      pair = from.pair;
      objective = from.objective;
      optimizers = from.optimizers;
      schedule = from.schedule;
      batch = from.batch;
      average = from.average;
      initializes = from.initializes;
      engine = from.engine;
      precision = from.precision;
      seed = from.seed;
      workers = from.workers;
      exchange = from.exchange;
    }

    AdversarialTraining build() {
      return new AdversarialTraining(
          pair,
          objective,
          optimizers,
          schedule,
          batch,
          average,
          initializes,
          engine,
          precision,
          seed,
          workers,
          exchange);
    }
  }

  /** The same with a seed: its own, or a fresh one. */
  private AdversarialTraining seeded() {
    if (seed.isPresent()) {
      return this;
    }
    long fresh = agreed(Seeds.fresh());
    LOG.info("a training of {} uses seed {}; seed({}) repeats it", pair.generator(), fresh, fresh);
    return seed(fresh);
  }

  /** The first worker's seed. */
  private long agreed(long mine) {
    return Longs.fromByteArray(workers.gather(Longs.toByteArray(mine)).get(0));
  }

  /**
   * A trainer at its start.
   *
   * @param data has one input of the pair's samples, and with classes one target (size) of integer
   *     labels, in [0, classes); for a generator that starts from sources, one input of these and
   *     one target of the samples that belong to them
   * @throws IllegalArgumentException if it has not
   */
  public AdversarialTrainer start(DataSource data) {
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
  public AdversarialTrainer start(DataSource first, DataSource second) {
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
  public AdversarialTrainer start(DataSource first, DataSource second, Steps steps) {
    return AdversarialTrainer.start(seeded(), ImmutableList.of(first, second), steps);
  }

  /**
   * A trainer at its start, with steps of the user's own in place of those that {@link
   * Steps#compile} makes of the pair, the objective and the optimizers. The trainer closes them.
   *
   * @param steps over this recipe's nets
   */
  public AdversarialTrainer start(DataSource data, Steps steps) {
    return AdversarialTrainer.start(seeded(), ImmutableList.of(data), steps);
  }

  /**
   * A trainer that goes on bit for bit where a saved one was, with its seed if the recipe states
   * none.
   *
   * @throws dev.tandem.core.data.DataFileException if there is no save, it is damaged, or the
   *     recipe, the nets or the data are other ones: lists the differences. Nothing is loaded then
   */
  public AdversarialTrainer resume(DataSource data, Path directory) {
    return resume(data, directory, Changes.none());
  }

  /**
   * The same for a cycle.
   *
   * @param first samples of the first domain
   * @param second samples of the second domain
   * @throws dev.tandem.core.data.DataFileException as with one data set
   */
  public AdversarialTrainer resume(DataSource first, DataSource second, Path directory) {
    return resume(first, second, directory, Changes.none());
  }

  /**
   * A trainer that goes on where a saved one was, with settings that may be others. What has
   * changed is kept with the run: {@link AdversarialTrainer#changes}.
   *
   * @param allowed the settings that may have changed
   * @throws dev.tandem.core.data.DataFileException if there is no save, it is damaged, or anything
   *     else differs: lists it. Nothing is loaded then
   */
  public AdversarialTrainer resume(DataSource data, Path directory, Changes allowed) {
    return AdversarialTrainer.resume(this, ImmutableList.of(data), directory, allowed);
  }

  /**
   * The same for a cycle.
   *
   * @param first samples of the first domain
   * @param second samples of the second domain
   * @throws dev.tandem.core.data.DataFileException as with one data set
   */
  public AdversarialTrainer resume(
      DataSource first, DataSource second, Path directory, Changes allowed) {
    return AdversarialTrainer.resume(this, ImmutableList.of(first, second), directory, allowed);
  }
}
