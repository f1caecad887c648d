package dev.tandem.core.train;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.tandem.core.graph.Callee;
import dev.tandem.core.loss.Loss;
import dev.tandem.core.metric.Metric;
import dev.tandem.core.model.Recipe;
import dev.tandem.core.model.Selection;
import dev.tandem.core.model.Snapshot;
import dev.tandem.core.optimizer.Clipping;
import dev.tandem.core.optimizer.Optimizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How to train a model: a recipe, changed by copying. {@code
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
  private @Nullable Clipping clipping;
  private EngineKind engine = EngineKind.PLAN;
  private boolean checksExamples = true;
  private long seed;

  private Training(Optimizer optimizer) {
    this.optimizer = Objects.requireNonNull(optimizer, "optimizer");
  }

  private Training(Training other) {
    this(other.optimizer);
    losses = other.losses;
    lossWeights = other.lossWeights;
    metrics = other.metrics;
    selection = other.selection;
    clipping = other.clipping;
    engine = other.engine;
    checksExamples = other.checksExamples;
    seed = other.seed;
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

  /** What the loss of an output is multiplied with in the total; 1 unless set. */
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

  /** Moves nothing but the weights of these layers and models; no flag is written. */
  public Training only(Callee... parts) {
    return selecting(Selection.only(parts));
  }

  /** Moves no weight of these layers and models; no flag is written. */
  public Training except(Callee... parts) {
    return selecting(Selection.except(parts));
  }

  /** Moves nothing but the weights that a selection accepts; no flag is written. */
  public Training selecting(Selection narrower) {
    Training next = new Training(this);
    next.selection = Objects.requireNonNull(narrower, "selection");
    return next;
  }

  /** Clips gradients before the update; a global norm is taken over the moved weights alone. */
  public Training clip(Clipping limits) {
    Training next = new Training(this);
    next.clipping = Objects.requireNonNull(limits, "clipping");
    return next;
  }

  /** What runs the steps; {@link EngineKind#PLAN} unless set. */
  public Training engine(EngineKind kind) {
    Training next = new Training(this);
    next.engine = Objects.requireNonNull(kind, "engine");
    return next;
  }

  /**
   * What random layers draw from, together with the model's name and the step's number; 0 unless
   * set.
   */
  public Training seed(long number) {
    Training next = new Training(this);
    next.seed = number;
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
   * @throws IllegalArgumentException if there is no loss, or the recipe speaks of an output that
   *     the model does not have
   */
  @Override
  public Trainer compile(Snapshot snapshot) {
    return new Trainer(this, snapshot);
  }

  @Override
  public Selection selection() {
    return selection;
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

  boolean checksExamples() {
    return checksExamples;
  }

  EngineKind engine() {
    return engine;
  }

  long seed() {
    return seed;
  }
}
