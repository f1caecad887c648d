package dev.tandem.core.train;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.tandem.core.data.BatchIterator;
import dev.tandem.core.data.Batching;
import dev.tandem.core.data.Dataset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How to fit: epochs, batches, validation, callbacks. A recipe, changed by copying. */
public final class Fit {

  private final int epochs;
  private int batchSize = 32;
  private long seed;
  private boolean shuffle = true;
  private @Nullable Dataset validation;
  private double validationSplit;
  private Map<Integer, Double> classWeights = Map.of();
  private ImmutableList<Callback> callbacks = ImmutableList.of();

  private Fit(int epochs) {
    if (epochs < 1) {
      throw new IllegalArgumentException("number of epochs is not at least 1: " + epochs);
    }
    this.epochs = epochs;
  }

  private Fit(Fit other) {
    this(other.epochs);
    batchSize = other.batchSize;
    seed = other.seed;
    shuffle = other.shuffle;
    validation = other.validation;
    validationSplit = other.validationSplit;
    classWeights = other.classWeights;
    callbacks = other.callbacks;
  }

  /** A number of passes over the data. */
  public static Fit epochs(int epochs) {
    return new Fit(epochs);
  }

  /** The samples of a step; 32 unless set. */
  public Fit batchSize(int size) {
    Fit next = new Fit(this);
    next.batchSize = Batching.of(size).size();
    return next;
  }

  /** What the order of the samples follows from, together with the epoch; 0 unless set. */
  public Fit seed(long number) {
    Fit next = new Fit(this);
    next.seed = number;
    return next;
  }

  /** Whether samples come in a new order in each epoch; true unless set. */
  public Fit shuffle(boolean inNewOrder) {
    Fit next = new Fit(this);
    next.shuffle = inNewOrder;
    return next;
  }

  /** Data to evaluate on after each epoch, reported as {@code val_…}. */
  public Fit validation(Dataset data) {
    Fit next = new Fit(this);
    next.validation = data;
    return next;
  }

  /** Holds the last part of the data out and evaluates on it after each epoch. */
  public Fit validationSplit(double fraction) {
    if (!(fraction > 0 && fraction < 1)) {
      throw new IllegalArgumentException("validation split is not in (0, 1): " + fraction);
    }
    Fit next = new Fit(this);
    next.validationSplit = fraction;
    return next;
  }

  /** What the loss of a sample of each class is multiplied with; 1 for classes not named. */
  public Fit classWeights(Map<Integer, Double> weights) {
    Fit next = new Fit(this);
    next.classWeights = ImmutableMap.copyOf(weights);
    return next;
  }

  /** Adds callbacks; they are called in this order. */
  public Fit callbacks(Callback... added) {
    Fit next = new Fit(this);
    next.callbacks = ImmutableList.<Callback>builder().addAll(callbacks).add(added).build();
    return next;
  }

  History run(Trainer trainer, Dataset given) {
    Dataset data = given;
    Dataset judged = validation;
    if (validationSplit > 0) {
      Dataset.Split split = given.split(1 - validationSplit);
      data = split.first();
      judged = split.rest();
    }
    data = ClassWeights.apply(trainer, data, classWeights);
    History history = new History();
    FitProgress progress = new FitProgress(trainer, history, epochs);
    List<Callback> all = new ArrayList<>(callbacks);
    all.forEach(callback -> callback.onStart(progress));
    Batching batching = Batching.of(batchSize);
    if (shuffle) {
      batching = batching.shuffled(seed);
    }
    for (int epoch = 0; epoch < epochs && !progress.isStopped(); epoch++) {
      progress.enter(epoch);
      history.add(epoch(trainer, data, judged, batching, progress));
      all.forEach(callback -> callback.onEpoch(progress));
    }
    all.forEach(callback -> callback.onEnd(progress));
    return history;
  }

  private Map<String, Double> epoch(
      Trainer trainer,
      Dataset data,
      @Nullable Dataset judged,
      Batching batching,
      FitProgress progress) {
    Judges judges = new Judges(trainer.heads());
    try (BatchIterator batches = data.batches(batching, progress.epoch()).prefetched()) {
      while (batches.hasNext()) {
        Examples examples = Examples.of(batches.next());
        Checked checked = Checked.of(trainer.model(), trainer.heads(), examples);
        StepResult result = trainer.gradients(checked, judges);
        trainer.update();
        callbacks.forEach(callback -> callback.onStep(progress, result));
      }
    }
    Map<String, Double> report = new LinkedHashMap<>(judges.results());
    if (judged != null) {
      trainer
          .evaluate(judged, batching.size())
          .forEach((name, value) -> report.put("val_" + name, value));
    }
    return report;
  }
}
