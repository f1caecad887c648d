package dev.tandem.gan.train;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.tandem.core.data.BatchPosition;
import dev.tandem.core.data.DataDigest;
import dev.tandem.core.data.DataSource;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.core.train.AveragedModel;
import dev.tandem.core.train.NonFiniteException;
import dev.tandem.core.train.StepMemory;
import dev.tandem.core.train.StepsAhead;
import dev.tandem.core.train.ThreadGuard;
import dev.tandem.gan.step.Execution;
import dev.tandem.gan.step.Steps;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Trains a pair on data, round by round of its schedule. Each side has a trainer of its own,
 * compiled for its weights alone; no flag is written.
 *
 * <p>For one thread at a time, which may change between calls; a second one in the middle of a call
 * gets a {@link java.util.ConcurrentModificationException}. Samples alone may be asked for by any
 * number of threads. Other trainers and predictors over the same nets may run in other threads:
 * they wait for the end of a round.
 */
public final class AdversarialTrainer implements AutoCloseable {

  private final AdversarialTraining recipe;
  private final Steps steps;
  private final RealData data;
  private final RealBatches batches;
  private final @Nullable AveragedModel average;
  private final Rounds rounds;
  private final Sampler sampler;
  private final ThreadGuard guard;
  private final List<AdversarialCallback> callbacks = new ArrayList<>();
  private final Changes allowed;
  private ImmutableList<SettingChange> changes = ImmutableList.of();
  private @Nullable String digest;
  private @Nullable Watch watch;
  private @Nullable String stopped;
  private boolean failed;

  private AdversarialTrainer(
      AdversarialTraining recipe, ImmutableList<DataSource> sets, Steps steps, Changes allowed) {
    if (recipe.schedule().reusedFakes() != steps.reusesFakes()) {
      throw new IllegalArgumentException(
          "the schedule "
              + recipe.schedule()
              + (steps.reusesFakes() ? " does not reuse fakes" : " reuses fakes")
              + " and the steps are compiled otherwise; compile them by "
              + (steps.reusesFakes() ? "Steps.compile" : "Steps.compileReusing"));
    }
    this.recipe = recipe;
    this.allowed = allowed;
    this.data = RealData.of(recipe.pair(), sets);
    data.requireFinite();
    data.requireSameForAll(recipe);
    this.batches = new RealBatches(recipe, data, BatchPosition.START);
    this.steps = steps;
    this.average =
        recipe.average().isPresent()
            ? AveragedModel.of(recipe.pair().generator(), steps.generator())
            : null;
    this.rounds = new Rounds(recipe, steps, batches, average);
    this.sampler = new Sampler(recipe.pair(), generator(), data);
    this.guard = new ThreadGuard("an adversarial trainer of " + recipe.pair().generator());
  }

  static Steps compile(AdversarialTraining recipe) {
    long seed = CounterRandom.of(recipe.seed().orElseThrow(), 3).key();
    Execution execution =
        new Execution(
            recipe.engine(),
            recipe.precision(),
            recipe.workers(),
            recipe.exchange(),
            recipe.batchesOfAStep(),
            seed);
    return recipe.schedule().reusedFakes()
        ? Steps.compileReusing(
            recipe.pair(), recipe.objective(), recipe.optimizers(), execution, recipe.batch())
        : Steps.compile(recipe.pair(), recipe.objective(), recipe.optimizers(), execution);
  }

  static AdversarialTrainer start(
      AdversarialTraining recipe, ImmutableList<DataSource> data, Steps steps) {
    AdversarialTrainer trainer = new AdversarialTrainer(recipe, data, steps, Changes.none());
    if (recipe.initializes()) {
      long seed = recipe.seed().orElseThrow();
      FirstWeights.initialize(recipe.pair().generator(), steps.generator(), seed, 1);
      FirstWeights.initialize(recipe.pair().discriminator(), steps.discriminator(), seed, 2);
    }
    if (trainer.average != null) {
      trainer.average.begin();
    }
    if (steps.reusesFakes()) {
      int fakes = Math.multiplyExact(recipe.batch(), recipe.batchesOfAStep());
      try (INDArray first = trainer.sample(fakes, recipe.seed().orElseThrow())) {
        steps.firstFakes(first);
      }
    }
    return trainer;
  }

  static AdversarialTrainer resume(
      AdversarialTraining stated, ImmutableList<DataSource> data, Path directory, Changes allowed) {
    AdversarialTraining recipe = RunFiles.seeded(stated, directory);
    RunFiles.requireSameSettings(recipe, data, directory, allowed);
    RunFiles.warnOfCode(recipe, data, directory);
    AdversarialTrainer trainer = new AdversarialTrainer(recipe, data, compile(recipe), allowed);
    trainer.restore(directory);
    return trainer;
  }

  /** Adds a callback. */
  public AdversarialTrainer with(AdversarialCallback callback) {
    callbacks.add(callback);
    return this;
  }

  /** Lets a watchdog look after the training, in place of another one. */
  public AdversarialTrainer with(Watchdog watchdog) {
    watch = new Watch(watchdog);
    return this;
  }

  /**
   * Trains for so many rounds more.
   *
   * @return how it ended; what stopped it does not keep a later call from going on
   * @throws dev.tandem.core.train.NonFiniteException if a step meets NaN or infinity in the data, a
   *     loss or a gradient; nothing of that step has moved. A {@link Watchdog} ends the training
   *     with this reason instead
   */
  public Outcome train(long rounds) {
    guard.enter();
    try {
      return trainAlone(rounds);
    } finally {
      guard.leave();
    }
  }

  private Outcome trainAlone(long rounds) {
    stopped = null;
    failed = false;
    try {
      if (watch != null) {
        watch.start(this);
      }
      callbacks.forEach(callback -> callback.onStart(this));
      agreeOnStop(); // such as of a signal that came before
      for (long i = 0; i < rounds && !failed && (stopped == null || isApart()); i++) {
        if (watched(this::toldRound)) {
          agreeOnStop();
        }
      }
      watched(ahead()::settle);
      callbacks.forEach(callback -> callback.onEnd(this));
    } catch (RuntimeException e) {
      callbacks.forEach(callback -> tell(callback, e));
      throw e;
    }
    return new Outcome(counters(), Optional.ofNullable(stopped));
  }

  /** Each hears of the error, also if another one fails at that. */
  private void tell(AdversarialCallback callback, RuntimeException error) {
    try {
      callback.onError(this, error);
    } catch (RuntimeException e) {
      if (e != error) {
        error.addSuppressed(e);
      }
    }
  }

  /** Whether steps were made; else the watchdog has ended the training, on this worker alone. */
  @CanIgnoreReturnValue
  private boolean watched(Runnable steps) {
    try {
      steps.run();
      return true;
    } catch (NonFiniteException e) {
      if (watch == null) {
        throw e;
      }
      watch.failed(this, e);
      failed = true;
      return false;
    }
  }

  /** A worker that stops stops all of them, where they meet. */
  private void agreeOnStop() {
    if (recipe.workers().count() == 1 || isApart()) {
      return;
    }
    byte[] mine = stopped == null ? new byte[0] : stopped.getBytes(StandardCharsets.UTF_8);
    List<byte[]> all = recipe.workers().gather(mine);
    stopped = null;
    for (byte[] reason : all) {
      if (reason.length > 0) {
        stop(new String(reason, StandardCharsets.UTF_8));
      }
    }
  }

  /** Whether each worker holds weights of its own now. */
  boolean isApart() {
    return recipe.isApartAfter(counters().rounds());
  }

  /**
   * Whether what is done every so many rounds is to be done now: after a multiple of them, or as
   * soon as all workers hold the same again.
   */
  boolean isTimeFor(long every) {
    long rounds = counters().rounds();
    return !isApart() && rounds / every > (rounds - recipe.roundsApart()) / every;
  }

  /** Refuses a save while each worker has weights of its own. */
  void requireTogether() {
    if (isApart()) {
      long rounds = counters().rounds();
      int every = recipe.exchange().every();
      throw new IllegalStateException(
          recipe.workers().count()
              + " workers take the mean of their weights every "
              + every
              + " rounds, and after round "
              + rounds
              + " each has its own; save after round "
              + (rounds / every + 1) * every);
    }
  }

  private void toldRound() {
    Round round = round();
    callbacks.forEach(callback -> callback.onRound(this, round));
    if (watch != null) {
      watch.after(this, round);
    }
  }

  /** The steps of both sides that were asked for and that nobody has looked at. */
  StepsAhead ahead() {
    return steps.discriminator().ahead();
  }

  /**
   * Ends the training after this round, for all workers; of several reasons the first one counts.
   * Workers that take means of weights go on to the next one.
   */
  public void stop(String reason) {
    stopped = stopped == null ? reason : stopped;
  }

  /**
   * One round of the schedule. An engine on a card is asked for it and makes it later: losses come
   * when they are read, and the error of a step that fails with the next look at anything.
   */
  public Round round() {
    guard.enter();
    try {
      return rounds.next();
    } finally {
      guard.leave();
    }
  }

  /**
   * Compiles all that rounds run, so that the first one does not wait for it; nothing is trained.
   *
   * @return what memory rounds take, by what was compiled
   */
  public RoundMemory prepare() {
    guard.enter();
    try {
      int parts = recipe.schedule().accumulation();
      steps.discriminator().prepare(recipe.batch(), parts);
      steps.generator().prepare(recipe.batch(), parts);
      steps.lazy().values().forEach(lazy -> lazy.trainer().prepare(recipe.batch(), parts));
      List<StepMemory> ofDiscriminator = new ArrayList<>();
      ofDiscriminator.add(steps.discriminator().memory());
      steps.lazy().values().forEach(lazy -> ofDiscriminator.add(lazy.trainer().memory()));
      return RoundMemory.of(
          ofDiscriminator, steps.generator().memory(), rounds.bytes(), batches.bytes());
    } finally {
      guard.leave();
    }
  }

  /** The counts of what was done so far, what was asked for and not looked at among it. */
  public Counters counters() {
    return rounds.counters();
  }

  /**
   * The numbers that steps keep besides nets and optimizers, now: strengths and factors that follow
   * schedules or adapt, and the state of losses and penalties; see {@link Steps#values}.
   */
  public ImmutableMap<String, Double> values() {
    return steps.values();
  }

  /** The seed of all that is random: the recipe's, or the fresh one of its start. */
  public long seed() {
    return recipe.seed().orElseThrow();
  }

  /** The recipe, with its seed. */
  public AdversarialTraining recipe() {
    return recipe;
  }

  /** The settings that have changed since the start of the run, in the order of the changes. */
  public ImmutableList<SettingChange> changes() {
    return changes;
  }

  /** A short text that tells its data from others. */
  String digest() {
    if (digest == null) {
      digest = DataDigest.of(data.sets());
    }
    return digest;
  }

  /** The data as it was given: one set, or with a cycle one of each domain. */
  public ImmutableList<DataSource> data() {
    return data.sets();
  }

  /** The compiled steps. */
  public Steps steps() {
    return steps;
  }

  /** The averaged generator if there is one, else the generator itself. */
  public Model generator() {
    return average == null ? recipe.pair().generator() : average.model();
  }

  /**
   * {@link #generator} under names that files and services can rely on, over the same weights: its
   * input is {@code noise}, or {@code source} if it translates, with classes the second one is
   * {@code label}; its output is {@code image}, or {@code sample} where it is no image. So {@link
   * dev.tandem.core.io.ModelFile} and {@link dev.tandem.core.io.SameDiffFile} write these.
   *
   * @return one model, or with a cycle one of each direction
   */
  public ImmutableList<Model> namedGenerators() {
    boolean translates = recipe.pair().conditioning().translates();
    return recipe.pair().parts(generator()).stream()
        .map(part -> NamedGenerator.of(part, translates))
        .collect(ImmutableList.toImmutableList());
  }

  /**
   * New samples from {@link #generator}, in inference mode; classes in turn if there are classes.
   * Where it starts from samples of the data, these are random rows of it.
   *
   * @param seed which latents or sources: equal seeds and counts give equal ones
   * @return a new array (count, …)
   */
  public INDArray sample(int count, long seed) {
    ahead().settle();
    return sampler.sample(count, seed);
  }

  /**
   * New samples of given classes.
   *
   * @param labels integers (count), in [0, classes)
   * @return a new array (count, …)
   * @throws IllegalArgumentException if one is no class
   * @throws IllegalStateException if there are no classes
   */
  public INDArray sample(INDArray labels, long seed) {
    ahead().settle();
    return sampler.sample(labels, seed);
  }

  /**
   * Translations of sources by {@link #generator}, or with a cycle of samples of the first domain,
   * in inference mode.
   *
   * @param sources (count, …)
   * @return a new array (count, …)
   * @throws IllegalStateException if it starts from a latent
   */
  public INDArray translate(INDArray sources) {
    ahead().settle();
    return sampler.translate(sources, 0);
  }

  /**
   * Translations of samples of the second domain by a cycle's generator back, in inference mode.
   *
   * @param samples (count, …)
   * @return a new array (count, …)
   * @throws IllegalStateException if there is no way back
   */
  public INDArray translateBack(INDArray samples) {
    ahead().settle();
    return sampler.translate(samples, 1);
  }

  /** The first real samples like the generator's, at most so many: (count, …). */
  INDArray realSamples(int most) {
    return data.first(recipe.pair().conditioning().realSamples(), most);
  }

  /**
   * Saves everything that going on needs, in place of an earlier save: both nets, the average, both
   * optimizers, all state, counters, and the place in the data.
   *
   * @throws dev.tandem.core.data.DataFileException if it cannot be written; an earlier save is
   *     untouched then
   * @throws IllegalStateException between two means of weights that workers take, where each has
   *     its own
   */
  public void save(Path directory) {
    guard.enter();
    try {
      ahead().settle();
      RunFiles.checkpoint(this).save(directory, RunFiles.state(this));
    } finally {
      guard.leave();
    }
  }

  /**
   * Goes back, or on, to what was saved by a trainer of the same recipe.
   *
   * @throws dev.tandem.core.data.DataFileException if it does not fit; nothing is changed then
   */
  public void restore(Path directory) {
    guard.enter();
    try {
      List<SettingDifference> differences =
          RunFiles.requireSameSettings(recipe, data.sets(), directory, allowed);
      RunFiles.Restored restored = RunFiles.restore(this, directory, differences);
      rounds.goOn(restored.counters(), restored.position());
      changes = restored.changes();
    } finally {
      guard.leave();
    }
  }

  BatchPosition position() {
    return batches.position();
  }

  Optional<Model> average() {
    return Optional.ofNullable(average).map(AveragedModel::model);
  }

  /**
   * Gives the memory of all steps back; weights stay.
   *
   * @throws NonFiniteException if a step failed that nobody has looked at; all is given back
   */
  @Override
  public void close() {
    guard.enter();
    try {
      Optional<RuntimeException> missed = ahead().settleLast();
      rounds.close();
      steps.close();
      batches.close();
      sampler.close();
      if (missed.isPresent()) {
        throw missed.get();
      }
    } finally {
      guard.leave();
    }
  }
}
