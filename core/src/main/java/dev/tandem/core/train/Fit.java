package dev.tandem.core.train;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.tandem.core.data.BatchPosition;
import dev.tandem.core.data.Batching;
import dev.tandem.core.data.DataSource;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Settings of a fit: epochs, batches, validation, callbacks. A recipe, changed by copying. */
public final class Fit {

  private final int epochs;
  private int batchSize = 32;
  private boolean dropRemainder;
  private OptionalLong seed = OptionalLong.empty();
  private boolean shuffle = true;
  private BatchPosition from = BatchPosition.START;
  private @Nullable DataSource validation;
  private double validationSplit;
  private ImmutableMap<Integer, Double> classWeights = ImmutableMap.of();
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
    dropRemainder = other.dropRemainder;
    seed = other.seed;
    shuffle = other.shuffle;
    from = other.from;
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

  /** Leaves out the samples at the end of an epoch that do not fill a batch. */
  public Fit droppingRemainder() {
    Fit next = new Fit(this);
    next.dropRemainder = true;
    return next;
  }

  /**
   * The seed of the order of the samples, together with the epoch; the trainer's seed unless set.
   */
  public Fit seed(long number) {
    Fit next = new Fit(this);
    next.seed = OptionalLong.of(number);
    return next;
  }

  /** Whether samples come in a new order in each epoch; true unless set. */
  public Fit shuffled(boolean inNewOrder) {
    Fit next = new Fit(this);
    next.shuffle = inNewOrder;
    return next;
  }

  /**
   * The batch to begin with, counted over all epochs: with the weights and the trainer's state as
   * they were there, a fit goes on as if it had never ended. The epochs before are not repeated,
   * and the report of an epoch begun in its middle is of the rest of it.
   */
  public Fit from(BatchPosition position) {
    Fit next = new Fit(this);
    next.from = Objects.requireNonNull(position, "position");
    return next;
  }

  /** Data to evaluate on after each epoch, reported as {@code val_…}. */
  public Fit validation(DataSource data) {
    Fit next = new Fit(this);
    next.validation = Objects.requireNonNull(data, "validation data");
    next.requireOneValidation();
    return next;
  }

  /**
   * Holds the last part of the data's rows out and evaluates on it after each epoch; {@code fit}
   * refuses it for data without a number of rows.
   */
  public Fit validationSplit(double fraction) {
    if (!(fraction > 0 && fraction < 1)) {
      throw new IllegalArgumentException("validation split is not in (0, 1): " + fraction);
    }
    Fit next = new Fit(this);
    next.validationSplit = fraction;
    next.requireOneValidation();
    return next;
  }

  private void requireOneValidation() {
    if (validation != null && validationSplit > 0) {
      throw new IllegalStateException(
          "validation data and a validation split are both set; leave one of them out");
    }
  }

  /**
   * The factor of the loss of samples of each class; 1 for classes not named. What the class of a
   * sample is, the {@linkplain dev.tandem.core.loss.Loss#classes loss} says: a class number, where
   * a row is largest, 0 or 1 for yes or no, the sign under a hinge; {@code fit} refuses class
   * weights where samples have no class or several. Sample weights count besides. A class that no
   * sample has is said in the log. The loss in the history is weighted; metrics are not weighted by
   * class, in training as in validation, and the loss of the validation neither.
   */
  public Fit classWeights(Map<Integer, Double> weights) {
    weights.forEach(
        (number, weight) -> {
          if (!(weight >= 0) || Double.isInfinite(weight)) {
            throw new IllegalArgumentException(
                "weight of class " + number + " is not at least 0 and finite: " + weight);
          }
        });
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

  int epochs() {
    return epochs;
  }

  Batching batching(long trainerSeed) {
    Batching batching = Batching.of(batchSize);
    batching = dropRemainder ? batching.droppingRemainder() : batching;
    return shuffle ? batching.shuffled(seed.orElse(trainerSeed)) : batching;
  }

  BatchPosition from() {
    return from;
  }

  @Nullable DataSource validation() {
    return validation;
  }

  double validationSplit() {
    return validationSplit;
  }

  ImmutableMap<Integer, Double> classWeights() {
    return classWeights;
  }

  ImmutableList<Callback> callbacks() {
    return callbacks;
  }
}
