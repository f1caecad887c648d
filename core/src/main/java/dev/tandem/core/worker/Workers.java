package dev.tandem.core.worker;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.op.Engine;

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
   * Workers that are threads of this process: for machines with several sockets, and for trying a
   * program before it runs on several cards or machines.
   *
   * @param count how many, at least 1
   * @throws IllegalArgumentException if it is less
   */
  static ThreadWorkers threads(int count) {
    return ThreadWorkers.of(count);
  }

  /**
   * Workers that are threads of this process with a card each: the first ones of this machine that
   * can be used, in the order in which the driver shows them. Their trainers run there, and means
   * are taken without the host. Nothing is opened before a program runs.
   *
   * @param count how many, at least 1
   * @throws IllegalArgumentException if it is less
   * @throws IllegalStateException if no module for cards is on the class path, libraries are
   *     missing, or there are fewer cards; names what there is, and the next step
   */
  static ThreadWorkers cards(int count) {
    return CardProviders.workers(count);
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

  /**
   * The engine of a trainer, whose recipe asks for one: that one, but for a worker with a card,
   * whose engine takes the place of the CPU's.
   *
   * @throws IllegalArgumentException if the worker has a card, and it is the engine of another
   */
  default Engine engine(Engine asked) {
    return asked;
  }

  /** What takes means of variables: by the host, unless workers have cards. */
  default VariableMeans means() {
    return new HostMeans(this);
  }
}
