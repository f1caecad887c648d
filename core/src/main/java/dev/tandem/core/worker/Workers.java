package dev.tandem.core.worker;

import com.google.common.collect.ImmutableList;

/**
 * One of several workers that train together, as its program sees them. All run the same program:
 * they call the same methods of this in the same order, with as many numbers, and wait in each for
 * the slowest.
 *
 * <p>The law that trainers keep: workers with a batch each leave the same bits in weights and state
 * as one process that {@linkplain dev.tandem.core.train.Trainer#gradients accumulates} these
 * batches in the order of ranks.
 */
public interface Workers {

  /** The only worker there is; it exchanges with nobody. */
  static Workers alone() {
    return Alone.INSTANCE;
  }

  /**
   * Workers that are threads of this process: for tests, and for machines with several sockets.
   *
   * @param count how many, at least 1
   * @throws IllegalArgumentException if it is less
   */
  static ThreadWorkers threads(int count) {
    return new ThreadWorkers(count);
  }

  /** The number of this worker, counted from 0. */
  int rank();

  /** How many there are. */
  int count();

  /**
   * Replaces numbers by their mean over all workers, each of which counts by its samples: the
   * {@link RunningMean} in the order of ranks. Afterwards all have the same bits.
   *
   * @param floats of float32
   * @param doubles of float64
   * @param samples what this worker's numbers count by, at least 1
   * @throws WorkerException if another worker failed, or has another number of numbers
   */
  void mean(float[] floats, double[] doubles, long samples);

  /**
   * What each worker gives, in the order of ranks.
   *
   * @throws WorkerException if another worker failed
   */
  ImmutableList<byte[]> gather(byte[] mine);
}
