package dev.tandem.core.train.callback;

import dev.tandem.core.tensor.Check;
import dev.tandem.core.train.Callback;
import dev.tandem.core.train.FitProgress;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Multiplies the learning rate by a factor when a number of the history has not become better for
 * some epochs, as Keras's and PyTorch's ReduceLROnPlateau do: {@code
 * ReduceLrOnPlateau.lowest("val_loss").factor(0.5).patience(3).minRate(1e-6)}. It does so by {@link
 * dev.tandem.core.train.Trainer#rateFactor(double)}, so schedules go on below it, the rates of
 * groups keep their ratios, and checkpoints keep it. What it has seen starts afresh with each fit.
 */
public final class ReduceLrOnPlateau implements Callback {

  private static final Logger LOG = LoggerFactory.getLogger(ReduceLrOnPlateau.class);

  private final String monitor;
  private final boolean larger;
  private double factor = 0.1;
  private int patience = 10;
  private int cooldown;
  private double minDelta = 1e-4;
  private double minRate;

  private double best;
  private int waited;
  private int cooling;

  private ReduceLrOnPlateau(String monitor, boolean larger) {
    this.monitor = Objects.requireNonNull(monitor, "monitor");
    this.larger = larger;
    forget();
  }

  private ReduceLrOnPlateau(ReduceLrOnPlateau other) {
    this(other.monitor, other.larger);
    factor = other.factor;
    patience = other.patience;
    cooldown = other.cooldown;
    minDelta = other.minDelta;
    minRate = other.minRate;
  }

  /** The lower this number of the history the better: a loss. */
  public static ReduceLrOnPlateau lowest(String monitor) {
    return new ReduceLrOnPlateau(monitor, false);
  }

  /** The higher this number of the history the better: an accuracy. */
  public static ReduceLrOnPlateau highest(String monitor) {
    return new ReduceLrOnPlateau(monitor, true);
  }

  /** What the rate is multiplied by, in (0, 1); 0.1 unless set. */
  public ReduceLrOnPlateau factor(double times) {
    if (!(times > 0 && times < 1)) {
      throw new IllegalArgumentException("factor of the rate is not in (0, 1): " + times);
    }
    ReduceLrOnPlateau next = new ReduceLrOnPlateau(this);
    next.factor = times;
    return next;
  }

  /** The number of epochs in a row without a better number that lower the rate; 10 unless set. */
  public ReduceLrOnPlateau patience(int epochs) {
    Check.positive("patience", epochs);
    ReduceLrOnPlateau next = new ReduceLrOnPlateau(this);
    next.patience = epochs;
    return next;
  }

  /** The number of epochs after a lower rate that do not count; 0 unless set. */
  public ReduceLrOnPlateau cooldown(int epochs) {
    Check.notNegative("cooldown", epochs);
    ReduceLrOnPlateau next = new ReduceLrOnPlateau(this);
    next.cooldown = epochs;
    return next;
  }

  /** By how much a number has to be better to count; 1e-4 unless set. */
  public ReduceLrOnPlateau minDelta(double difference) {
    Check.notNegative("smallest difference", difference);
    ReduceLrOnPlateau next = new ReduceLrOnPlateau(this);
    next.minDelta = difference;
    return next;
  }

  /** The rate below which it is not lowered; 0 unless set. Of groups, that of the recipe counts. */
  public ReduceLrOnPlateau minRate(double rate) {
    Check.notNegative("smallest rate", rate);
    ReduceLrOnPlateau next = new ReduceLrOnPlateau(this);
    next.minRate = rate;
    return next;
  }

  private void forget() {
    best = larger ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    waited = 0;
    cooling = 0;
  }

  /**
   * Starts afresh.
   *
   * @throws IllegalArgumentException if no epoch will report the number; names those that it will
   */
  @Override
  public void onStart(FitProgress progress) {
    progress.requireReported("the plateau of the rate", monitor);
    forget();
  }

  @Override
  public void onEpoch(FitProgress progress) {
    double now = progress.history().last(monitor);
    boolean counts = cooling == 0;
    cooling -= counts ? 0 : 1;
    if (larger ? now > best + minDelta : now < best - minDelta) {
      best = now;
      waited = 0;
    } else if (counts && ++waited >= patience) {
      lower(progress);
      waited = 0;
      cooling = cooldown;
    }
  }

  private void lower(FitProgress progress) {
    double rate = progress.trainer().rate();
    if (rate <= minRate) {
      return;
    }
    double times = Math.max(factor, minRate / rate);
    progress.trainer().rateFactor(progress.trainer().rateFactor() * times);
    LOG.info(
        "{} of {} was {} and not better for {} epochs: the rate is {} instead of {} from now on",
        monitor,
        progress.trainer().model(),
        progress.history().last(monitor),
        patience,
        progress.trainer().rate(),
        rate);
  }
}
