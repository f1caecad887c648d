package dev.tandem.gan.train;

import dev.tandem.core.data.BatchPosition;
import dev.tandem.core.data.Dataset;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.CounterRandom;
import dev.tandem.core.train.Examples;
import dev.tandem.core.train.NonFiniteException;
import dev.tandem.core.train.Trainer;
import dev.tandem.gan.step.LazyPenalty;
import dev.tandem.gan.step.Steps;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Trains a pair on data, round by round of its schedule. Each side has a trainer of its own,
 * compiled for its weights alone; no flag is written. For one thread at a time.
 */
public final class AdversarialTrainer implements AutoCloseable {

  private final AdversarialTraining recipe;
  private final Steps steps;
  private final Dataset data;
  private final RealBatches batches;
  private final @Nullable AveragedGenerator average;
  private final Sampler sampler;
  private final WeightClip clip;
  private final List<AdversarialCallback> callbacks = new ArrayList<>();
  private Counters counters = Counters.START;
  private @Nullable Watch watch;
  private @Nullable String stopped;

  private AdversarialTrainer(AdversarialTraining recipe, Dataset data) {
    this.recipe = recipe;
    this.data = data;
    this.batches = new RealBatches(recipe, data, BatchPosition.START);
    this.steps =
        Steps.compile(
            recipe.pair(),
            recipe.objective(),
            recipe.optimizers(),
            recipe.engine(),
            CounterRandom.of(recipe.seed(), 3).key());
    this.average =
        recipe.average().isPresent() ? new AveragedGenerator(recipe.pair().generator()) : null;
    this.clip = new WeightClip(recipe.pair().discriminator(), recipe.objective().clip());
    this.sampler = new Sampler(recipe.pair(), generator());
  }

  static AdversarialTrainer start(AdversarialTraining recipe, Dataset data) {
    AdversarialTrainer trainer = new AdversarialTrainer(recipe, data);
    if (recipe.firstWeights()) {
      recipe.pair().generator().initialize(CounterRandom.of(recipe.seed(), 1).key());
      recipe.pair().discriminator().initialize(CounterRandom.of(recipe.seed(), 2).key());
    }
    if (trainer.average != null) {
      trainer.average.follow(0);
    }
    return trainer;
  }

  static AdversarialTrainer resume(AdversarialTraining recipe, Dataset data, Path directory) {
    RunFiles.requireSameSettings(recipe, data, directory);
    AdversarialTrainer trainer = new AdversarialTrainer(recipe, data);
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
   * @throws dev.tandem.core.train.NonFiniteException if a loss is NaN or infinite; a {@link
   *     Watchdog} ends the training with this reason instead
   */
  public Outcome train(long rounds) {
    stopped = null;
    if (watch != null) {
      watch.start(this);
    }
    callbacks.forEach(callback -> callback.onStart(this));
    for (long i = 0; i < rounds && stopped == null; i++) {
      watchedRound();
    }
    callbacks.forEach(callback -> callback.onEnd(this));
    return new Outcome(counters, Optional.ofNullable(stopped));
  }

  private void watchedRound() {
    Round round;
    try {
      round = round();
    } catch (NonFiniteException e) {
      if (watch == null) {
        throw e;
      }
      watch.failed(this, e);
      return;
    }
    callbacks.forEach(callback -> callback.onRound(this, round));
    if (watch != null) {
      watch.after(this, round);
    }
  }

  /** Ends the training after this round; of several reasons the first one counts. */
  public void stop(String reason) {
    stopped = stopped == null ? reason : stopped;
  }

  /** One round of the schedule. */
  public Round round() {
    Schedule schedule = recipe.schedule();
    int ofDiscriminator = schedule.discriminatorStepsIn(counters.rounds());
    int ofGenerator = schedule.generatorStepsIn(counters.rounds());
    double discriminatorLoss = Double.NaN;
    double generatorLoss = Double.NaN;
    int done = 0;
    for (int i = 0; i < ofDiscriminator; i++) {
      discriminatorLoss = gradients(steps.discriminator(), true);
      if (schedule.simultaneous() && i == ofDiscriminator - 1 && ofGenerator > 0) {
        generatorLoss = gradients(steps.generator(), false);
        updateDiscriminator();
        updateGenerator();
        done = 1;
      } else {
        updateDiscriminator();
      }
      takeLazyPenalties();
    }
    if (ofDiscriminator == 0) {
      batches.next();
    }
    for (int i = done; i < ofGenerator; i++) {
      generatorLoss = gradients(steps.generator(), false);
      updateGenerator();
    }
    counters = counters.round();
    return new Round(counters.rounds(), discriminatorLoss, generatorLoss);
  }

  /** The gradients of one step; the mean loss over its batches. */
  private double gradients(Trainer trainer, boolean onNewSamples) {
    int parts = recipe.schedule().accumulation();
    double sum = 0;
    for (int part = 0; part < parts; part++) {
      if (onNewSamples || part > 0) {
        batches.next();
      }
      sum += trainer.gradients(batches.examples(trainer)).loss();
    }
    return sum / parts;
  }

  private void updateDiscriminator() {
    steps.discriminator().update();
    clip.apply();
    long packs = (long) recipe.batch() * recipe.schedule().accumulation();
    counters = counters.discriminatorStep(packs * recipe.pair().packing());
  }

  private void updateGenerator() {
    steps.generator().update();
    counters = counters.generatorStep();
    if (average != null) {
      Average how = recipe.average().orElseThrow();
      int images = recipe.batch() * recipe.pair().packing();
      average.follow(how.decay(counters.generatorSteps(), counters.images(), images));
    }
  }

  private void takeLazyPenalties() {
    for (Map.Entry<Integer, LazyPenalty> lazy : steps.lazy().entrySet()) {
      if (counters.discriminatorSteps() % lazy.getKey() == 0) {
        Examples examples = batches.examples(lazy.getValue().trainer());
        lazy.getValue().trainOnBatch(examples);
        clip.apply();
        counters = counters.penaltyStep();
      }
    }
  }

  /** What was done so far. */
  public Counters counters() {
    return counters;
  }

  /** The recipe. */
  public AdversarialTraining recipe() {
    return recipe;
  }

  /** The data. */
  public Dataset data() {
    return data;
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
   * New samples from {@link #generator}, in inference mode; classes in turn if there are classes.
   *
   * @param seed which latents: equal seeds and counts give equal latents
   * @return a new array (count, …)
   */
  public INDArray sample(int count, long seed) {
    return sampler.sample(count, seed);
  }

  /**
   * New samples of given classes.
   *
   * @param labels int32 (count)
   * @return a new array (count, …)
   * @throws IllegalStateException if there are no classes
   */
  public INDArray sample(INDArray labels, long seed) {
    return sampler.sample(labels, seed);
  }

  /** The first real samples of the data, at most so many: a view (count, …). */
  INDArray realSamples(int most) {
    INDArray samples = data.input(RealData.of(recipe.pair(), data).samples());
    return samples.get(NDArrayIndex.interval(0, Math.min(most, samples.size(0))));
  }

  /**
   * Saves everything that going on needs, in place of an earlier save: both nets, the average, both
   * optimizers, all state, counters, and the place in the data.
   *
   * @throws dev.tandem.core.data.DataFileException if it cannot be written; an earlier save is
   *     untouched then
   */
  public void save(Path directory) {
    RunFiles.checkpoint(this).save(directory, RunFiles.state(this));
  }

  /**
   * Goes back, or on, to what was saved by a trainer of the same recipe.
   *
   * @throws dev.tandem.core.data.DataFileException if it does not fit; nothing is changed then
   */
  public void restore(Path directory) {
    RunFiles.requireSameSettings(recipe, data, directory);
    RunFiles.Restored restored = RunFiles.restore(this, directory);
    counters = restored.counters();
    batches.moveTo(restored.position());
  }

  BatchPosition position() {
    return batches.position();
  }

  Optional<Model> average() {
    return Optional.ofNullable(average).map(AveragedGenerator::model);
  }

  /** Gives the memory of all steps back; weights stay. */
  @Override
  public void close() {
    steps.close();
    batches.close();
    sampler.close();
  }
}
