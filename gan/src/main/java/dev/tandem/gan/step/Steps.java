package dev.tandem.gan.step;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import dev.tandem.core.graph.Operation;
import dev.tandem.core.loss.Losses;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Engine;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.core.optimizer.Optimizer;
import dev.tandem.core.train.Trainer;
import dev.tandem.core.train.Training;
import dev.tandem.core.worker.Exchange;
import dev.tandem.gan.objective.Objective;
import dev.tandem.gan.objective.penalty.ScheduledPenalty;
import dev.tandem.gan.pair.AdversarialPair;
import dev.tandem.gan.step.GanStepBuilder.StepModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The compiled steps of both sides, which the holder closes. Latents are sampled inside of a step,
 * as a function of the seed and the step's number.
 */
public final class Steps implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Steps.class);

  private final Trainer discriminator;
  private final Trainer generator;
  private final ImmutableSortedMap<Integer, LazyPenalty> lazy;

  /**
   * Steps of trainers that were compiled elsewhere.
   *
   * @param discriminator updates the discriminator: real samples in, its loss out
   * @param generator updates the generator alone, through the discriminator
   * @param lazy updates the discriminator by the penalties that are taken after every so many of
   *     its steps, with the discriminator's own optimizer state; see {@link LazyPenalty}
   */
  public Steps(
      Trainer discriminator, Trainer generator, ImmutableSortedMap<Integer, LazyPenalty> lazy) {
    this.discriminator = Objects.requireNonNull(discriminator, "discriminator");
    this.generator = Objects.requireNonNull(generator, "generator");
    this.lazy = Objects.requireNonNull(lazy, "lazy");
    generator.stepWith(discriminator);
    lazy.values().forEach(penalty -> penalty.trainer().stepWith(discriminator));
  }

  /** The trainer of the discriminator. */
  public Trainer discriminator() {
    return discriminator;
  }

  /** The trainer of the generator. */
  public Trainer generator() {
    return generator;
  }

  /** The steps of lazy penalties by their interval, in steps of the discriminator. */
  public ImmutableSortedMap<Integer, LazyPenalty> lazy() {
    return lazy;
  }

  /**
   * Builds and compiles the steps; no flag is written.
   *
   * @param seed of the latents and all else that is random in the steps
   * @throws IllegalArgumentException if there are lazy penalties and the discriminator's optimizer
   *     has no correction for them, or real samples and fakes are to be judged together by a
   *     discriminator that mixes samples
   */
  public static Steps compile(
      AdversarialPair pair, Objective objective, Optimizers optimizers, Engine engine, long seed) {
    return compile(pair, objective, optimizers, Execution.on(engine, seed));
  }

  /**
   * The same, run in another way.
   *
   * @throws IllegalArgumentException as above, and if the engine does not have the precision where
   *     it is
   */
  public static Steps compile(
      AdversarialPair pair, Objective objective, Optimizers optimizers, Execution execution) {
    return compile(pair, objective, optimizers, execution, null);
  }

  /**
   * The same, with fakes that are made once: the discriminator's step takes those of the
   * generator's last step, from before its update, instead of making others. Whoever runs these
   * steps begins with {@link #firstFakes}.
   *
   * @param batch how many samples a step takes
   * @throws IllegalArgumentException if the pair has any conditioning or packing, for which there
   *     is no such rule
   */
  public static Steps compileReusing(
      AdversarialPair pair,
      Objective objective,
      Optimizers optimizers,
      Execution execution,
      int batch) {
    if (!pair.conditioning().reusesFakes() || pair.packing() > 1) {
      throw new IllegalArgumentException(
          "fakes of a pair with "
              + pair.conditioning()
              + " and packing "
              + pair.packing()
              + " are not reused: what belongs to them would have to be kept; leave reusingFakes"
              + " out");
    }
    return compile(pair, objective, optimizers, execution, new FakeStore(batch));
  }

  private static Steps compile(
      AdversarialPair pair,
      Objective objective,
      Optimizers optimizers,
      Execution execution,
      @Nullable FakeStore store) {
    warnings(pair, objective).forEach(LOG::warn);
    requireApart(pair, objective);
    GanStepBuilder builder = new GanStepBuilder(pair, objective, store, execution.batches());
    Optimizer ofDiscriminator = LazyOptimizer.of(optimizers.discriminator(), objective.penalties());
    Training d = training(ofDiscriminator, optimizers, execution);
    Training g = training(optimizers.generator(), optimizers, execution);
    long seed = execution.seed();
    Model critic = pair.discriminator();
    Trainer discriminator =
        compile(builder.discriminator("discriminator_step"), critic, d, seed, 1);
    Trainer generator = compile(builder.generator("generator_step"), pair.generator(), g, seed, 2);
    ImmutableSortedMap.Builder<Integer, LazyPenalty> lazy = ImmutableSortedMap.naturalOrder();
    objective.penalties().stream()
        .mapToInt(ScheduledPenalty::every)
        .filter(every -> every > 1)
        .distinct()
        .forEach(
            every -> {
              StepModel step = builder.penalties("penalty_step_" + every, every);
              Trainer penalty = compile(step, critic, d, seed, 2 + every);
              lazy.put(every, new LazyPenalty(penalty, discriminator));
            });
    return new Steps(discriminator, generator, lazy.buildOrThrow());
  }

  private static Training training(
      Optimizer optimizer, Optimizers optimizers, Execution execution) {
    Training training =
        Training.with(optimizer)
            .engine(execution.engine())
            .precision(execution.precision())
            .over(execution.workers(), ofSteps(execution.exchange()))
            .heldUsesBatchStatistics();
    return optimizers.clipping() == null ? training : training.clip(optimizers.clipping());
  }

  private static Exchange ofSteps(Exchange way) {
    return way.isAveraging() ? Exchange.byCaller() : way;
  }

  private static Trainer compile(
      StepModel step, Model net, Training training, long seed, int stream) {
    List<Operation> updated = new ArrayList<>(step.updated());
    updated.add(0, net);
    List<String> outputs = step.model().outputs().keySet().asList();
    Training recipe = training.loss(outputs.get(0), Losses.output());
    for (String reported : outputs.subList(1, outputs.size())) {
      recipe = recipe.loss(reported, Losses.output()).lossWeight(reported, 0);
    }
    return step.model()
        .compile(
            recipe
                .only(updated.toArray(Operation[]::new))
                .seed(CounterRandom.of(seed, stream).key()));
  }

  /** Doubts about an objective for a pair, which are logged when steps are compiled. */
  public static ImmutableList<String> warnings(AdversarialPair pair, Objective objective) {
    String penalties =
        objective.penalties().stream()
            .map(ScheduledPenalty::penalty)
            .filter(penalty -> penalty.differentiatesEachSample())
            .map(Object::toString)
            .collect(Collectors.joining(", "));
    List<String> mixing = BatchNorms.in(pair.discriminator());
    ImmutableList.Builder<String> warnings = ImmutableList.builder();
    if (!penalties.isEmpty() && !mixing.isEmpty()) {
      warnings.add(
          penalties
              + " takes the gradient of each sample's score by that sample, and "
              + pair.discriminator()
              + " has batch normalization "
              + mixing
              + ", by which each score depends on the whole batch: the penalty is on something"
              + " else then; use LayerNormalization or none in the critic");
    }
    if (objective.adapts()
        && (objective.loss().comparesWithReal() || Double.isNaN(objective.loss().indifference()))) {
      warnings.add(
          "adaptive strength of augmentations follows the signs of scores, and with "
              + objective.loss()
              + " a score of 0 means nothing: it will end at 0 or 1; take Strength.scheduled");
    }
    return warnings.build();
  }

  private static void requireApart(AdversarialPair pair, Objective objective) {
    List<String> mixing = BatchNorms.mixing(pair.discriminator());
    if (objective.judgedTogether() && !mixing.isEmpty()) {
      throw new IllegalArgumentException(
          pair.discriminator()
              + " has "
              + mixing
              + ", by which samples of a batch depend on each other, so real samples and fakes"
              + " cannot be judged together; leave judgingTogether out");
    }
  }

  /** The scheduled scalars of these steps, set before each step of the discriminator. */
  public ImmutableList<ScheduledScalar> scheduledScalars() {
    return StepState.in(models(), ScheduledScalar.class);
  }

  /**
   * The numbers that steps keep besides nets and optimizers, by the names of their layer and
   * themselves: such as {@code augmentation/value}, {@code began/k}, {@code lecam_real/average}.
   */
  public ImmutableMap<String, Double> values() {
    return StepState.values(models());
  }

  /** Whether the discriminator's step takes the fakes of the generator's last one. */
  public boolean reusesFakes() {
    return !StepState.in(models(), FakeStore.class).isEmpty();
  }

  /**
   * Sets the fakes of the discriminator's first step, where it does not make its own.
   *
   * @param samples (batches · batch, …) of all batches of a step, one after the other
   */
  public void firstFakes(INDArray samples) {
    StepState.in(models(), FakeStore.class).forEach(store -> store.set(samples));
  }

  private List<Model> models() {
    List<Model> models = new ArrayList<>(List.of(discriminator.model(), generator.model()));
    lazy.values().forEach(penalty -> models.add(penalty.trainer().model()));
    return models;
  }

  /**
   * Gives the memory of all steps back.
   *
   * @throws dev.tandem.core.train.NonFiniteException if a step failed that nobody has looked at;
   *     all is given back
   */
  @Override
  public void close() {
    Optional<RuntimeException> missed = discriminator.ahead().settleLast();
    generator.close();
    lazy.values().forEach(LazyPenalty::close);
    discriminator.close();
    if (missed.isPresent()) {
      throw missed.get();
    }
  }
}
