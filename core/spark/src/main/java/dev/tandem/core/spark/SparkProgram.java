package dev.tandem.core.spark;

import java.io.Serializable;

/**
 * The program that every worker runs. It is sent from the driver with all that it holds, which has
 * to be {@link Serializable}: names of files and numbers, not data, models or trainers, which it
 * makes itself.
 *
 * @param <T> what each worker gives back
 */
@FunctionalInterface
public interface SparkProgram<T extends Serializable> extends Serializable {

  /**
   * Runs on one worker.
   *
   * @param worker to be given to {@code over(worker)} of each recipe; it ends with this call
   * @return sent to the driver: small, weights are better kept in checkpoints
   * @throws Exception what ends all workers
   */
  T call(SparkWorker worker) throws Exception;

  /** A program that gives nothing back. */
  @FunctionalInterface
  interface Run extends Serializable {

    /**
     * Runs on one worker.
     *
     * @throws Exception what ends all workers
     */
    void run(SparkWorker worker) throws Exception;
  }
}
