package dev.tandem.examples.bench.measure;

/** Steps of training as one system takes them. */
public interface Workload extends AutoCloseable {

  /**
   * One step.
   *
   * @param number from 0; it chooses the batch
   * @return the losses
   */
  double[] step(int number);

  /** Gives its memory back. */
  @Override
  void close();
}
