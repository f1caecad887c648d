package dev.tandem.examples.bench.peers;

import dev.tandem.examples.bench.measure.Task;

/**
 * How many steps a process takes.
 *
 * @param iterations measured
 * @param warmup before them
 */
record Steps(int iterations, int warmup) {

  /** How fast a system is, roughly: enough to choose numbers of steps that end in time. */
  enum Pace {
    /** Milliseconds for a small net, fractions of a second for images. */
    FAST,
    /** A multiple of that. */
    SLOW
  }

  /** The steps of a system on a task. */
  static Steps of(Pace pace, Task task) {
    boolean small = task == Task.MLP || task == Task.RING;
    return switch (pace) {
      case FAST ->
          task.predicts()
              ? new Steps(task.iterations(), task.warmup())
              : small ? new Steps(300, 200) : new Steps(30, 10);
      case SLOW ->
          task.predicts() ? new Steps(50, 10) : small ? new Steps(100, 50) : new Steps(4, 1);
    };
  }

  /** No more than these. */
  Steps atMost(Steps limit) {
    return new Steps(Math.min(iterations, limit.iterations()), Math.min(warmup, limit.warmup()));
  }
}
