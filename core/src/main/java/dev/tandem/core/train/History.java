package dev.tandem.core.train;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Losses and metrics of each epoch, as {@code loss}, {@code accuracy}, {@code val_loss}, …. */
public final class History {

  private final List<ImmutableMap<String, Double>> epochs = new ArrayList<>();

  History() {}

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

  void add(Map<String, Double> epoch) {
    epochs.add(ImmutableMap.copyOf(epoch));
  }
}
