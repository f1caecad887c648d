package dev.tandem.core.metric;

/** The weighted mean of numbers, as of the losses of batches. Not for several threads at once. */
public final class Mean {

  private double total;
  private double weights;

  /** Adds a number that counts this often: the loss of a batch as often as it has samples. */
  public void add(double value, double weight) {
    total += value * weight;
    weights += weight;
  }

  /** Adds a number that counts once. */
  public void add(double value) {
    add(value, 1);
  }

  void add(Mean other) {
    total += other.total;
    weights += other.weights;
  }

  /** The sum of weighted numbers over the sum of weights; NaN over nothing. */
  public double result() {
    return total / weights;
  }

  /** Forgets everything. */
  public void reset() {
    total = 0;
    weights = 0;
  }
}
