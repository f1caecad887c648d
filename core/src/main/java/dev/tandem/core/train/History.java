package dev.tandem.core.train;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Losses and metrics of each epoch, as {@code loss}, {@code accuracy}, {@code val_loss}, …. It
 * prints as a table.
 */
public final class History {

  private final List<ImmutableMap<String, Double>> epochs = new ArrayList<>();

  private final int first;
  private Trainer trainer;

  /**
   * No epoch yet.
   *
   * @param first the number of the first one, counted from 0
   */
  History(int first, Trainer trainer) {
    this.first = first;
    this.trainer = trainer;
  }

  /** The trainer that was fitted, or the one that went on where a callback unfroze a part. */
  public Trainer trainer() {
    return trainer;
  }

  void goesOnWith(Trainer next) {
    trainer = next;
  }

  /** The number of the first epoch, counted from 0: not 0 where a fit went on. */
  public int firstEpoch() {
    return first;
  }

  /** The reports of each epoch. */
  public ImmutableList<ImmutableMap<String, Double>> epochs() {
    return ImmutableList.copyOf(epochs);
  }

  /**
   * One number over the epochs.
   *
   * @throws IllegalArgumentException if it was not reported; names what was
   */
  public List<Double> of(String name) {
    return epochs.stream().map(epoch -> get(epoch, name)).toList();
  }

  /** One number of the last epoch. */
  public double last(String name) {
    if (epochs.isEmpty()) {
      throw new IllegalStateException("no epoch has ended yet");
    }
    return get(epochs.get(epochs.size() - 1), name);
  }

  private static double get(Map<String, Double> epoch, String name) {
    Double value = epoch.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "\"" + name + "\" was not reported; there are " + epoch.keySet());
    }
    return value;
  }

  /** The lowest of one number over the epochs; NaN does not count. */
  public double lowest(String name) {
    return of(name).stream().filter(v -> !v.isNaN()).min(Double::compare).orElse(Double.NaN);
  }

  /** The highest of one number over the epochs; NaN does not count. */
  public double highest(String name) {
    return of(name).stream().filter(v -> !v.isNaN()).max(Double::compare).orElse(Double.NaN);
  }

  /**
   * The history as comma-separated values: the names in the first line, then a line for each epoch,
   * with all digits. {@code CsvLog} writes the same while it grows.
   */
  public String csv() {
    return HistoryText.csv(this);
  }

  /**
   * The history as a picture, for a file that ends in .svg and opens in any browser: a chart for
   * each loss and metric over the epochs, with that of validation data dashed.
   */
  public String svg() {
    return HistoryText.svg(this);
  }

  /** The history as a table: a line for each epoch, counted from 0, with four digits or so. */
  @Override
  public String toString() {
    return HistoryText.table(this);
  }

  void add(Map<String, Double> epoch) {
    epochs.add(ImmutableMap.copyOf(epoch));
  }
}
