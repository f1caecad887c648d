package dev.tandem.examples.bench.measure;

import java.util.List;

/**
 * Two workloads in one process, a step of one and a step of the other in turns, so that a machine
 * that is faster at one time than at another is so for both.
 *
 * @param first its timing
 * @param second its timing
 */
public record Turns(Timing first, Timing second) {

  /** Warms both up and takes their measured steps. */
  public static Turns take(Workload first, Workload second, int iterations, int warmup) {
    List<Workload> both = List.of(first, second);
    double[][] times = new double[both.size()][iterations];
    for (int i = 0; i < warmup + iterations; i++) {
      for (int k = 0; k < both.size(); k++) {
        long before = System.nanoTime();
        both.get(k).step(i);
        if (i >= warmup) {
          times[k][i - warmup] = (System.nanoTime() - before) / 1e6;
        }
      }
    }
    return new Turns(new Timing(times[0]), new Timing(times[1]));
  }

  /** The median of the second over that of the first. */
  public double ratio() {
    return second.median() / first.median();
  }
}
