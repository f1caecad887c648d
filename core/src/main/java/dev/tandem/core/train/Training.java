package dev.tandem.core.train;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.tandem.core.engine.PlanEngine;
import dev.tandem.core.graph.Operation;
import dev.tandem.core.loss.Loss;
import dev.tandem.core.metric.Metric;
import dev.tandem.core.model.InferenceParts;
import dev.tandem.core.model.Recipe;
import dev.tandem.core.model.Selection;
import dev.tandem.core.model.Snapshot;
import dev.tandem.core.op.Engine;
import dev.tandem.core.op.Precision;
import dev.tandem.core.optimizer.Clipping;
import dev.tandem.core.optimizer.Optimizer;
import dev.tandem.core.worker.Exchange;
import dev.tandem.core.worker.Workers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A recipe of how to train a model, changed by copying. {@code
 * model.compile(Training.with(Adam.rate(2e-4)).loss(binaryCrossentropy().fromLogits()))} gives a
 * {@link Trainer}.
 */
public final class Training implements Recipe<Trainer> {

  /** Stands for the only output in the maps below. */
  static final String ONLY = "";

  private final Optimizer optimizer;
  private Map<String, Loss> losses = Map.of();
  private Map<String, Double> lossWeights = Map.of();
  private Map<String, List<Metric>> metrics = Map.of();
  private Selection selection = Selection.all();
  private InferenceParts inference = InferenceParts.NONE;
  private boolean heldUsesBatchStatistics;
  private @Nullable Clipping clipping;
  private ImmutableList<ParameterGroup> groups = ImmutableList.of();
  private Engine engine = new PlanEngine();
  private Precision precision = Precision.FLOAT32;
  private boolean checksExamples = true;
  private OptionalLong seed = OptionalLong.empty();
  private int plans = Programs.KEPT;
  private Workers workers = Workers.alone();
  private Exchange exchange = Exchange.everyStep();

  private Training(Optimizer optimizer) {
    this.optimizer = Objects.requireNonNull(optimizer, "optimizer");
  }

  private Training(Training other) {
    this(other.optimizer);
    losses = other.losses;
    lossWeights = other.lossWeights;
    metrics = other.metrics;
    selection = other.selection;
    inference = other.inference;
    heldUsesBatchStatistics = other.heldUsesBatchStatistics;
    clipping = other.clipping;
    groups = other.groups;
    engine = other.engine;
    precision = other.precision;
    checksExamples = other.checksExamples;
    seed = other.seed;
    plans = other.plans;
    workers = other.workers;
    exchange = other.exchange;
  }

  /** Training with an optimizer. */
  public static Training with(Optimizer optimizer) {
    return new Training(optimizer);
  }

  /** The loss of the only output. */
  public Training loss(Loss loss) {
    return loss(ONLY, loss);
  }

  /**
   * The loss of an output; outputs are named after the layer or model they come from.
   *
   * @throws IllegalStateException if it has one already
   */
  public Training loss(String output, Loss loss) {
    if (losses.containsKey(output)) {
      throw new IllegalStateException(
          "the loss of "
              + (output.equals(ONLY) ? "the only output" : "\"" + output + "\"")
              + " was already set to "
              + losses.get(output)
              + "; an output has one, and outputs may be given one each by name");
    }
    Training next = new Training(this);
    next.losses = put(losses, output, Objects.requireNonNull(loss, "loss"));
    return next;
  }

  /** The factor of an output's loss in the total; 1 unless set. */
  public Training lossWeight(String output, double weight) {
    if (!Double.isFinite(weight)) {
      throw new IllegalArgumentException(
          "loss weight of \"" + output + "\" is not a finite number: " + weight);
    }
    Training next = new Training(this);
    next.lossWeights = put(lossWeights, output, weight);
    return next;
  }

  /** Metrics of the only output. */
  public Training metrics(Metric... added) {
    return metrics(ONLY, added);
  }

  /** Metrics of an output. */
  public Training metrics(String output, Metric... added) {
    List<Metric> all = new ArrayList<>(metrics.getOrDefault(output, List.of()));
    all.addAll(List.of(added));
    Training next = new Training(this);
    next.metrics = put(metrics, output, ImmutableList.copyOf(all));
    return next;
  }

  /**
   * Moves nothing but the weights of these layers and models; no flag is written. What was selected
   * before stays so: selections of a recipe narrow each other, and {@code
   * only(generator).except(g1)} moves the generator but for its layer g1.
   */
  public Training only(Operation... parts) {
    return selecting(Selection.only(parts));
  }

  /** Moves no weight of these layers and models, besides what was selected; no flag is written. */
  public Training except(Operation... parts) {
    return selecting(Selection.except(parts));
  }

  /**
   * Moves nothing but the weights that a selection accepts, of those selected before; no flag is
   * written. A model is asked for its weights when it is compiled.
   */
  public Training selecting(Selection narrower) {
    Training next = new Training(this);
    next.selection = selection.and(Objects.requireNonNull(narrower, "selection"));
    return next;
  }

  /** The same with another selection in place of all before. */
  Training reselecting(Selection other) {
    Training next = new Training(this);
    next.selection = other;
    return next;
  }

  /**
   * Runs the calls of these layers, and of all layers in these models, as in inference in steps
   * too, wherever the model calls them: batch normalization takes its moving statistics and leaves
   * them, dropout and noise do nothing, and no other state moves. Which parameters move stays what
   * flags and selections say: {@code only(head).inference(trunk)} trains a head behind a trunk that
   * does what it will do in predict. Parts named before stay.
   *
   * @throws IllegalArgumentException if nothing is named, or what is no layer or model; and from
   *     compile if the model calls nothing of a part
   */
  public Training inference(Operation... parts) {
    Training next = new Training(this);
    next.inference = inference.and(parts);
    return next;
  }

  /**
   * Says that batch normalization which a model's flag or a selection holds still is meant to
   * normalize with the batch in steps, as in a GAN's: what it does unless {@link #inference} says
   * otherwise. Then no line in the log warns of it.
   */
  public Training heldUsesBatchStatistics() {
    Training next = new Training(this);
    next.heldUsesBatchStatistics = true;
    return next;
  }

  /**
   * Clips gradients before the update; a global norm is taken over the moved weights alone, but for
   * those of groups that are clipped by themselves.
   */
  public Training clip(Clipping limits) {
    Training next = new Training(this);
    next.clipping = Objects.requireNonNull(limits, "clipping");
    return next;
  }

  /**
   * Adds parts of the model that are updated by other numbers than the rest: rates, decay,
   * clipping, or another optimizer. A weight is in one group at most; compile refuses others.
   */
  public Training groups(ParameterGroup... added) {
    Training next = new Training(this);
    next.groups = ImmutableList.<ParameterGroup>builder().addAll(groups).add(added).build();
    return next;
  }

  /**
   * The engine that runs the steps; a {@link PlanEngine} with its defaults unless set, which gives
   * way to the card that a {@linkplain Workers#cards worker} has. For engines by name see {@link
   * Engines}.
   */
  public Training engine(Engine runner) {
    Training next = new Training(this);
    next.engine = Objects.requireNonNull(runner, "engine");
    return next;
  }

  /**
   * How exactly products and convolutions of float32 take their operands, in steps and in what the
   * trainer predicts; {@link Precision#FLOAT32} unless set. Weights, sums, norms, losses and
   * updates are float32 in each.
   *
   * @throws IllegalArgumentException from compile, if the engine does not have it where it is, or
   *     the model is of float64
   */
  public Training precision(Precision operands) {
    Training next = new Training(this);
    next.precision = Objects.requireNonNull(operands, "precision");
    return next;
  }

  /**
   * The seed of everything random, together with the model's name: the first values of weights that
   * have none yet, what random layers sample in each step, and the order of {@link Trainer#fit fit}
   * unless that is given its own. Unless set, each trainer takes a seed of its own and says it:
   * {@link Trainer#seed}.
   */
  public Training seed(long number) {
    Training next = new Training(this);
    next.seed = OptionalLong.of(number);
    return next;
  }

  /**
   * The number of compiled steps that are kept, at least 1: each batch size has one of its own, for
   * training and for losses alone, and the one used longest ago gives way; 8 unless set.
   */
  public Training keepingPlans(int most) {
    Training next = new Training(this);
    next.plans = Programs.requireSome(most);
    return next;
  }

  /**
   * Trains together with other workers, each of which compiles a like model by a like recipe and
   * calls the like: in each step all go on with the mean of their gradients, next states and
   * losses, by the samples of each, so that weights stay equal to the bit. Batches of {@link
   * Trainer#fit fit} are dealt to them by their ranks. A step is then that of one process which
   * {@linkplain Trainer#gradients accumulates} the batches of all. Workers may accumulate, too: the
   * n-th batch of each then belongs to one group, which is exchanged when the next one begins.
   *
   * <p>What a trainer decides and reports is of exchanged numbers: the losses of a {@link
   * StepResult}, of {@link History} and its metrics, which are means over the workers. Losses of
   * {@link Trainer#gradients} alone and metrics within an epoch are of this worker's batches.
   *
   * @throws dev.tandem.core.worker.WorkerException from compile, if workers differ in their models,
   *     first values, recipes or seeds; and from steps, if another worker has failed
   */
  public Training over(Workers others) {
    return over(others, Exchange.everyStep());
  }

  /**
   * Trains together with other workers in one of two ways. With {@link Exchange#averaging} each
   * makes steps of its own, and after so many of them, and at the end of each epoch of a fit, all
   * go on with the mean of their weights, state and slots. Losses of a {@link StepResult} are then
   * of this worker's batches; those of {@link History} and all metrics stay means over the workers.
   * What is saved between two means would be one worker's, and is refused.
   *
   * @throws dev.tandem.core.worker.WorkerException as with gradients of every step
   */
  public Training over(Workers others, Exchange way) {
    Training next = new Training(this);
    next.workers = Objects.requireNonNull(others, "workers");
    next.exchange = Objects.requireNonNull(way, "exchange");
    return next;
  }

  /**
   * Whether inputs, targets and sample weights are searched for NaN and infinity before a step, and
   * a data set before the first one of a fit; true unless set. Without it a step that meets them is
   * refused all the same as soon as they reach its loss or a gradient, so this is for nets that
   * make something of them, such as of missing values that are NaN.
   */
  public Training checkingExamples(boolean before) {
    Training next = new Training(this);
    next.checksExamples = before;
    return next;
  }

  private static <T> Map<String, T> put(Map<String, T> map, String key, T value) {
    Map<String, T> all = new LinkedHashMap<>(map);
    all.put(key, value);
    return ImmutableMap.copyOf(all);
  }

  /**
   * Checks the recipe against the model and makes the trainer.
   *
   * @throws IllegalArgumentException if there is no loss, the recipe speaks of an output that the
   *     model does not have, or weights are neither float32 nor float64
   */
  @Override
  public Trainer compile(Snapshot snapshot) {
    return new Trainer(this, snapshot);
  }

  @Override
  public Selection selection() {
    return selection;
  }

  @Override
  public InferenceParts inferenceParts() {
    return inference;
  }

  /** Whether batch statistics of what is held still are meant. */
  boolean isHeldByBatch() {
    return heldUsesBatchStatistics;
  }

  Optimizer optimizer() {
    return optimizer;
  }

  Map<String, Loss> losses() {
    return losses;
  }

  Map<String, Double> lossWeights() {
    return lossWeights;
  }

  Map<String, List<Metric>> metrics() {
    return metrics;
  }

  @Nullable Clipping clipping() {
    return clipping;
  }

  ImmutableList<ParameterGroup> groups() {
    return groups;
  }

  boolean checksExamples() {
    return checksExamples;
  }

  Engine engine() {
    return engine;
  }

  Precision precision() {
    return precision;
  }

  OptionalLong seed() {
    return seed;
  }

  int plans() {
    return plans;
  }

  Workers workers() {
    return workers;
  }

  Exchange exchange() {
    return exchange;
  }
}
