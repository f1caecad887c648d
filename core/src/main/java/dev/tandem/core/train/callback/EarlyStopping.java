package dev.tandem.core.train.callback;

import dev.tandem.core.layer.Weight;
import dev.tandem.core.train.Callback;
import dev.tandem.core.train.FitProgress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Ends a fit when a number of its history has not become better for some epochs: {@code
 * EarlyStopping.lowest("val_loss").patience(3).restoringBest()}. It starts afresh with each fit, a
 * resumed one too.
 */
public final class EarlyStopping implements Callback {

  private final String monitor;
  private final boolean larger;
  private int patience = 1;
  private double minDelta;
  private boolean restoring;

  private final Map<Weight, INDArray> bestWeights = new LinkedHashMap<>();
  private double best;
  private int bestEpoch;
  private int waited;

  private EarlyStopping(String monitor, boolean larger) {
    this.monitor = Objects.requireNonNull(monitor, "monitor");
    this.larger = larger;
    forget();
  }

  private EarlyStopping(EarlyStopping other) {
    this(other.monitor, other.larger);
    patience = other.patience;
    minDelta = other.minDelta;
    restoring = other.restoring;
  }

  /** The lower this number of the history the better: a loss. */
  public static EarlyStopping lowest(String monitor) {
    return new EarlyStopping(monitor, false);
  }

  /** The higher this number of the history the better: an accuracy. */
  public static EarlyStopping highest(String monitor) {
    return new EarlyStopping(monitor, true);
  }

  /** The number of epochs in a row without a better number that ends the fit; 1 unless set. */
  public EarlyStopping patience(int epochs) {
    if (epochs < 1) {
      throw new IllegalArgumentException("patience is not at least 1 epoch: " + epochs);
    }
    EarlyStopping next = new EarlyStopping(this);
    next.patience = epochs;
    return next;
  }

  /** By how much a number has to be better to count; 0 unless set. */
  public EarlyStopping minDelta(double difference) {
    if (!(difference >= 0) || Double.isInfinite(difference)) {
      throw new IllegalArgumentException("smallest difference is not at least 0: " + difference);
    }
    EarlyStopping next = new EarlyStopping(this);
    next.minDelta = difference;
    return next;
  }

  /**
   * Gives all weights that the trainer moves, state included, their values of the best epoch at the
   * end. What it holds still stays, whoever else moved it meanwhile.
   */
  public EarlyStopping restoringBest() {
    EarlyStopping next = new EarlyStopping(this);
    next.restoring = true;
    return next;
  }

  /** The epoch of the best number, counted from 0; -1 if none was better than NaN or infinity. */
  public int bestEpoch() {
    return bestEpoch;
  }

  /**
   * Starts afresh.
   *
   * @throws IllegalArgumentException if no epoch will report the number; names those that it will
   */
  @Override
  public void onStart(FitProgress progress) {
    progress.requireReported("early stopping", monitor);
    forget();
  }

  private void forget() {
    forgetWeights();
    best = larger ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    bestEpoch = -1;
    waited = 0;
  }

  @Override
  public void onEpoch(FitProgress progress) {
    double now = progress.history().last(monitor);
    if (larger ? now > best + minDelta : now < best - minDelta) {
      best = now;
      bestEpoch = progress.epoch();
      waited = 0;
      if (restoring) {
        progress.trainer().moves().forEach(this::keep);
        progress.trainer().snapshot().movedState().forEach(this::keep);
      }
    } else if (++waited >= patience) {
      progress.stop(
          bestEpoch < 0
              ? monitor + " was never a number in " + waited + " epochs"
              : monitor
                  + " was best in epoch "
                  + bestEpoch
                  + " ("
                  + best
                  + "), "
                  + waited
                  + " epochs before");
    }
  }

  private void keep(Weight weight) {
    INDArray kept = bestWeights.get(weight);
    if (kept == null) {
      bestWeights.put(weight, weight.values());
    } else {
      kept.assign(weight.variable().read());
    }
  }

  @Override
  public void onEnd(FitProgress progress) {
    bestWeights.forEach(Weight::set);
    forgetWeights();
  }

  @Override
  public void onError(FitProgress progress, RuntimeException error) {
    forgetWeights();
  }

  private void forgetWeights() {
    bestWeights.values().forEach(INDArray::close);
    bestWeights.clear();
  }
}
