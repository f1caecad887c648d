package dev.tandem.core.train;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.tandem.core.backend.Backend;
import dev.tandem.core.data.Batching;
import dev.tandem.core.data.DataSource;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.metric.Metric;
import dev.tandem.core.model.Model;
import dev.tandem.core.model.Snapshot;
import dev.tandem.core.model.print.Summary;
import dev.tandem.core.op.Engine;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Program;
import dev.tandem.core.op.Variable;
import dev.tandem.core.op.VariableGroup;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.core.op.random.Seeds;
import dev.tandem.core.tensor.Check;
import dev.tandem.core.train.Programs.Use;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A trainer of a model, given by compiling it. What it moves was decided then; changing a flag
 * later changes nothing here. Any number of trainers may move the same weights; each has optimizer
 * state of its own.
 *
 * <p>For one thread at a time, which may change between calls; a second one in the middle of a call
 * gets a {@link java.util.ConcurrentModificationException}. {@link #predict} alone is for any
 * number of threads. Trainers and predictors over the same weights may run in several threads:
 * their steps wait for each other.
 */
public final class Trainer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Trainer.class);

  private final Training recipe;
  private final Snapshot snapshot;
  private final ImmutableList<Head> heads;
  private final UpdateRules rules;
  private final ImmutableList<TrainedWeight> moved;
  private final Engine engine;
  private final Stepper stepper;
  private final Map<Trainer, Program> takingOver = new IdentityHashMap<>();
  private final Set<Trainer> takers = Sets.newIdentityHashSet();
  private @Nullable Predictor predictor;
  private long seed;

  Trainer(Training recipe, Snapshot snapshot) {
    this(recipe, snapshot, UpdateRules.of(recipe, snapshot));
  }

  private Trainer(Training recipe, Snapshot snapshot, UpdateRules rules) {
    this(recipe, snapshot, rules, TrainedWeight.anew(snapshot, rules));
  }

  private Trainer(
      Training recipe, Snapshot snapshot, UpdateRules rules, ImmutableList<TrainedWeight> moved) {
    this(recipe, snapshot, rules, moved, SlotAges.anew(moved), OptionalLong.empty());
  }

  private Trainer(
      Training recipe,
      Snapshot snapshot,
      UpdateRules rules,
      ImmutableList<TrainedWeight> moved,
      SlotAges ages,
      OptionalLong before) {
    this.heads = Head.of(snapshot.model(), recipe);
    Backend.require();
    this.engine = recipe.workers().engine(recipe.engine());
    PrecisionCheck.require(recipe.precision(), engine, snapshot.model());
    this.recipe = recipe;
    this.snapshot = snapshot;
    this.rules = rules;
    this.moved = moved;
    this.stepper = new Stepper(recipe, snapshot, heads, moved, rules, ages, engine);
    OptionalLong given = recipe.seed().isPresent() ? recipe.seed() : before;
    reseed(WorkersAgreement.seed(recipe.workers(), model(), given, this::freshSeed));
    model().initializeNew(CounterRandom.of(seed, CounterRandom.seedOf(model().name()), 1).key());
    WorkersAgreement.require(recipe.workers(), recipe, snapshot, moved);
    if (!recipe.isHeldByBatch()) {
      HeldStatistics.in(snapshot).ifPresent(LOG::warn);
    }
    if (moved.isEmpty()) {
      ImmutableSet<Weight> state = snapshot.movedState();
      LOG.info(
          "a trainer of {} moves no weights{}",
          snapshot.model(),
          state.isEmpty()
              ? ": its steps only report"
              : " by gradients; its steps move the state "
                  + state.stream().map(Weight::path).toList());
    }
  }

  private long freshSeed() {
    long fresh = Seeds.fresh();
    LOG.info(
        "a trainer of {} samples by seed {}; Training.seed({}) repeats it", model(), fresh, fresh);
    return fresh;
  }

  /** The seed of everything random in this trainer: the recipe's, or one of its own. */
  public long seed() {
    return seed;
  }

  void reseed(long number) {
    seed = number;
    stepper.seed(number);
  }

  /** One step on an input and its target. */
  public StepResult trainOnBatch(INDArray input, INDArray target) {
    return trainOnBatch(Examples.of(input, target));
  }

  /**
   * One step: gradients, then the update. Gradients that wait for an update already are parts of
   * this step, as {@link #gradients} says, unless {@link #dropGradients} was called.
   *
   * <p>An engine on a card is asked for the step, and makes it later: the losses of the result come
   * when they are read. A step that fails then changes nothing, as do those that were asked for
   * after it, and the error comes with the next look: {@link StepsAhead} says when that is.
   *
   * @throws IllegalArgumentException if the arrays do not fit the model; nothing is changed
   * @throws NonFiniteException if there is NaN or infinity in the examples, the loss, a gradient or
   *     the next value of a state; no weight, no slot and no state is changed
   */
  public StepResult trainOnBatch(Examples examples) {
    return stepper.step(examples);
  }

  /**
   * The first half of a step: computes losses and gradients and moves nothing. Called again before
   * {@link #update}, it goes on with the same step: gradients become their mean over all samples,
   * as if these had come in one batch (for losses that are means), random layers sample other
   * numbers, and state moves once, to the mean of where each of these batches would take it. {@link
   * #fit}, {@link #recompile()}, restoring a checkpoint and {@link #dropGradients} drop what waits.
   *
   * @throws IllegalArgumentException if the arrays do not fit the model; nothing is changed
   * @throws NonFiniteException if there is NaN or infinity in the examples, and nothing is changed;
   *     or in the loss, a gradient or the next value of a state, and the gradients of this step are
   *     dropped
   */
  public StepResult gradients(Examples examples) {
    return stepper.gradients(examples);
  }

  /**
   * Forgets gradients that wait for an update, and the state that goes with them: for whoever
   * called {@link #gradients} to look at them. Nothing was moved, and the next step begins anew.
   */
  public void dropGradients() {
    stepper.requireOpen();
    stepper.forget();
  }

  /**
   * The second half of a step: the gradients at hand move the weights, and state that the first
   * half computed takes its new values. Parameters may have been moved by other trainers in the
   * meantime: the gradients are applied to what they are now. State that this step moves may not.
   *
   * @return the report of the first half that was made last; with {@linkplain Training#over
   *     workers} the means of theirs
   * @throws IllegalStateException if no gradients were computed since the last update, or state
   *     that this step moves was moved or set in the meantime; the gradients are dropped then, and
   *     nothing is moved
   * @throws NonFiniteException if gradients were changed to NaN or infinity since they were
   *     computed, or are so large that the update overflows; nothing moves, and they are dropped
   */
  @CanIgnoreReturnValue
  public StepResult update() {
    return stepper.update();
  }

  /** Losses without a step, as in inference: nothing moves. */
  public StepResult testOnBatch(INDArray input, INDArray target) {
    return testOnBatch(Examples.of(input, target));
  }

  /** Losses without a step, as in inference: nothing moves. */
  public StepResult testOnBatch(Examples examples) {
    RunningMetrics judges = new RunningMetrics(heads, stepper.ports());
    return stepper
        .test(examples, null, 0, judges.wantsOutputs() ? judges : null)
        .with(judges.metrics());
  }

  /** The only output for an input, in inference mode: a new array. */
  public INDArray predict(INDArray input) {
    return predictor().predict(input);
  }

  /** All outputs by name for inputs by name, in inference mode: new arrays. */
  public Map<String, INDArray> predict(Map<String, INDArray> inputs) {
    return predictor().predict(inputs);
  }

  private synchronized Predictor predictor() {
    stepper.requireOpen();
    ahead().settle();
    if (predictor == null) {
      predictor = new Predictor(snapshot, engine, recipe.precision());
    }
    return predictor;
  }

  /**
   * Trains for epochs over data, in memory or not. Each of its steps begins anew: gradients that
   * wait for an update, also those that a callback computed to look at them, are dropped.
   *
   * @param data inputs and targets by name; where the model has one input, or looks at one target,
   *     the name does not matter; columns of other types are converted where that changes no value
   * @throws dev.tandem.core.data.UnreadableRowException if a row cannot be read, as cause of an
   *     {@link IllegalStateException}; its step has moved nothing
   */
  public History fit(DataSource data, Fit how) {
    return new FitLoop(this, how).run(data);
  }

  /** Mean losses and metrics over an epoch of data, named as in {@link #fit}: nothing moves. */
  public ImmutableMap<String, Double> evaluate(DataSource data, int batchSize) {
    return evaluate(data, batchSize, Map.of());
  }

  /**
   * The same, and what is found is added to accumulators besides, such as a {@link
   * dev.tandem.core.metric.ConfusionMatrix}: with the targets and the sample weights of their
   * outputs.
   *
   * @param into by the name of the output
   * @throws IllegalArgumentException if there is no such output, or it has no target
   */
  public ImmutableMap<String, Double> evaluate(
      DataSource data, int batchSize, Map<String, ? extends Metric.Accumulator> into) {
    FedData matched = FedData.of(stepper, data);
    matched.requireFitting(Batching.of(batchSize), Use.TEST);
    return Evaluation.of(this, matched, batchSize, ImmutableMap.copyOf(into));
  }

  /** The same into an accumulator that judges the only output that is compared with a target. */
  public ImmutableMap<String, Double> evaluate(
      DataSource data, int batchSize, Metric.Accumulator into) {
    List<String> judged = heads.stream().filter(Head::needsTarget).map(Head::name).toList();
    if (judged.size() != 1) {
      throw new IllegalArgumentException(
          model()
              + " compares the outputs "
              + judged
              + " with targets; say which one to judge: evaluate(data, "
              + batchSize
              + ", Map.of(output, …))");
    }
    return evaluate(data, batchSize, Map.of(judged.get(0), into));
  }

  /**
   * A trainer of the same recipe with today's flags: it keeps the count of steps and the optimizer
   * state of the weights that still move, and starts that of others anew, as in a first step.
   * Schedules go on. This one is closed.
   */
  public Trainer recompile() {
    return recompile(recipe);
  }

  /**
   * A trainer of another recipe with today's flags, such as one with another rate or selection: it
   * keeps the count of steps and the optimizer state of the weights that still move, and starts
   * that of others anew, as in a first step. Schedules go on, and {@link #rateFactor()} stays where
   * the rate is the same. This one is closed.
   *
   * @throws IllegalArgumentException if the optimizer remembers other things than this one's, or
   *     the recipe does not fit the model; this trainer stays as it is
   */
  public Trainer recompile(Training next) {
    stepper.guard().enter();
    try {
      stepper.requireOpen();
      ahead().settle();
      Snapshot now = Snapshot.of(model(), next.selection(), next.inferenceParts());
      UpdateRules nextRules = UpdateRules.of(next, now);
      ImmutableList<TrainedWeight> goingOn = TrainedWeight.again(now, nextRules, moved, rules);
      SlotAges ages = stepper.ages().next(goingOn, steps());
      Trainer successor = new Trainer(next, now, nextRules, goingOn, ages, OptionalLong.of(seed));
      successor.stepper.restore(steps(), ages.counts(steps()));
      if (next.optimizer().rate().equals(recipe.optimizer().rate())) {
        successor.rateFactor(rateFactor());
      }
      close("was recompiled; go on with the trainer that recompile(...) returned", successor.moved);
      return successor;
    } finally {
      stepper.guard().leave();
    }
  }

  /** The trained model. */
  public Model model() {
    return snapshot.model();
  }

  /** The decisions of the compilation. */
  public Snapshot snapshot() {
    return snapshot;
  }

  /** The parameters it moves, by first appearance; see {@link Snapshot#movedState} for state. */
  public ImmutableList<Weight> moves() {
    return snapshot.moved();
  }

  /**
   * A table of the model in which what this trainer moves is marked, as was decided when it was
   * compiled.
   *
   * @param nested whether nested models are opened: their parts stand behind them, as {@code
   *     trunk/dense}
   */
  public Summary summary(boolean nested) {
    return snapshot.summary(nested);
  }

  /**
   * The weights that its steps read or write, with those that others compute together with them:
   * who holds {@link VariableGroup#write} keeps steps and predictions of other threads waiting.
   */
  public VariableGroup weights() {
    return stepper.weights();
  }

  /** Whether flags have changed since in a way that {@link #recompile()} would notice. */
  public boolean isStale() {
    return snapshot.isStale();
  }

  /** The number of updates so far, those that were asked for among them. */
  public long steps() {
    return stepper.steps();
  }

  /**
   * The gradients of the step that is being made, by the path of the weight in the model: live
   * arrays, which may be changed before {@link #update}, or replaced by a mean over several
   * workers. Ask again in each step: an engine that computes in other memory brings its values here
   * when it is asked, and takes them from here afterwards.
   */
  public ImmutableMap<String, INDArray> gradientArrays() {
    stepper.show();
    ImmutableMap.Builder<String, INDArray> arrays = ImmutableMap.builder();
    moved.forEach(m -> arrays.put(m.path(), m.gradient().write()));
    return arrays.buildOrThrow();
  }

  /**
   * Copies of the gradients that were computed last, before any clipping, by the path of the weight
   * in the model: to look at, also after the update that they made. Zeros before the first step.
   */
  public ImmutableMap<String, INDArray> gradientValues() {
    ImmutableMap.Builder<String, INDArray> copies = ImmutableMap.builder();
    moved.forEach(m -> copies.put(m.path(), m.gradient().values()));
    return copies.buildOrThrow();
  }

  /**
   * The Euclidean norm of all gradients that were computed last, before any clipping; also after
   * the update that they made. It is computed when it is asked for.
   *
   * @return 0 before the first step
   */
  public double gradientNorm() {
    return stepper.gradientNorm();
  }

  /**
   * The learning rate of the last step, as its schedule says, times {@link #rateFactor()}; before
   * the first one that of it.
   */
  public double rate() {
    return stepper.factor().at(recipe.optimizer().rate(), Math.max(0, steps() - 1));
  }

  /**
   * The learning rate of the last step for a weight, as its {@linkplain Training#groups group}
   * says; before the first one that of it.
   *
   * @throws IllegalArgumentException if this trainer does not move it
   */
  public double rate(Weight weight) {
    if (!moves().contains(weight)) {
      throw new IllegalArgumentException(
          "this trainer of " + model() + " does not move \"" + weight.path() + "\"");
    }
    return rules.of(weight).rate(Math.max(0, steps() - 1), stepper.factor());
  }

  /** What the schedules of rates are multiplied by: 1, unless it was set. */
  public double rateFactor() {
    return stepper.factor().get();
  }

  /**
   * Multiplies what the schedules of rates say from the next step on, in all groups alike: for
   * callbacks, as {@link dev.tandem.core.train.callback.ReduceLrOnPlateau}. Checkpoints keep it,
   * and so does {@link #recompile()}.
   *
   * @param factor at least 0; of the schedules, not of the factor before
   */
  public void rateFactor(double factor) {
    stepper.factor().set(factor);
  }

  /**
   * Sets a constant rate from the next step on, by {@link #rateFactor(double)}: rates of groups
   * keep their ratio to it.
   *
   * @throws IllegalStateException if the recipe's rate follows a schedule that is not constant
   */
  public void setRate(double rate) {
    stepper.factor().setRate(recipe.optimizer().rate(), rate);
  }

  /** The state with which the trainer goes on exactly: for checkpoints. */
  public TrainerState state() {
    return new TrainerState(this);
  }

  /**
   * Compiles what a step on batches of a size runs, so that the first one does not wait for it.
   * Nothing is trained. Steps with sample weights are compiled when they come.
   *
   * @param batchSize the number of samples of a batch, at least 1
   * @param parts the number of batches whose gradients make one step, at least 1
   */
  public void prepare(int batchSize, int parts) {
    Check.positive("batch size", batchSize);
    Check.positive("batches of a step", parts);
    stepper.prepare(batchSize, parts);
  }

  /**
   * The memory that steps hold by now, by the programs that were compiled: after {@link #prepare},
   * or a step, all that a step takes.
   */
  public StepMemory memory() {
    return stepper.memory(moved);
  }

  /** The programs compiled so far, for listings and profiles. */
  public List<Program> programs() {
    return stepper.programs();
  }

  /** The steps that were asked for and that nobody has looked at. */
  public StepsAhead ahead() {
    return stepper.ahead();
  }

  /**
   * Lets steps of this trainer and of another one on the same engine be one series: where one of
   * them fails, those of both that were asked for after it change nothing. Gradients at hand are
   * dropped.
   */
  public void stepWith(Trainer other) {
    stepper.guard().enter();
    try {
      stepper.join(other.stepper);
      closeTakingOver();
    } finally {
      stepper.guard().leave();
    }
  }

  /**
   * Goes on from where another trainer stands, which moves the same weights by the same optimizer:
   * with its slots and its count of steps. Gradients at hand are dropped.
   *
   * @throws IllegalArgumentException if its slots are others
   */
  public void takeOver(Trainer other) {
    Program slots = takingOver.get(other);
    if (slots == null) {
      slots = slotsOf(other);
      takingOver.put(other, slots);
      other.takers.add(this);
    }
    stepper.takeOver(other.stepper, slots);
  }

  private Program slotsOf(Trainer other) {
    Map<String, Variable> from = other.state().slots();
    Map<String, Variable> to = state().slots();
    if (!from.keySet().equals(to.keySet())) {
      throw new IllegalArgumentException(
          model()
              + " has the slots "
              + to.keySet()
              + ", and "
              + other.model()
              + " "
              + from.keySet()
              + "; a trainer takes over those of the same weights and the same optimizer");
    }
    Ops ops = new Ops();
    to.forEach((name, slot) -> ops.assign(slot, ops.read(Objects.requireNonNull(from.get(name)))));
    return ahead().prepare(ops.build(Map.of()));
  }

  private void closeTakingOver() {
    takingOver.values().forEach(Program::close);
    takingOver.clear();
  }

  Stepper stepper() {
    return stepper;
  }

  ImmutableList<TrainedWeight> moved() {
    return moved;
  }

  UpdateRules rules() {
    return rules;
  }

  ImmutableList<Head> heads() {
    return heads;
  }

  Training recipe() {
    return recipe;
  }

  /**
   * Gives the memory of its plans, its gradients and its optimizer's state back at once; weights
   * stay. Steps are errors afterwards.
   *
   * @throws NonFiniteException if a step failed that nobody has looked at; all is given back
   */
  @Override
  public void close() {
    close("is closed; compile the model for a new one", List.of());
  }

  private void close(String reason, List<TrainedWeight> kept) {
    stepper.guard().enter();
    try {
      Optional<RuntimeException> missed = ahead().settleLast();
      closeTakingOver();
      takers.forEach(Trainer::closeTakingOver); // which read slots of this one
      closeAll(reason, kept);
      if (missed.isPresent()) {
        throw missed.get();
      }
    } finally {
      stepper.guard().leave();
    }
  }

  private void closeAll(String reason, List<TrainedWeight> kept) {
    stepper.close(reason);
    moved.stream().filter(one -> !kept.contains(one)).forEach(TrainedWeight::free);
    synchronized (this) {
      if (predictor != null) {
        predictor.close();
      }
    }
  }
}
