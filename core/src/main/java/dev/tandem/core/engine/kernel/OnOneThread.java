package dev.tandem.core.engine.kernel;

import java.util.ArrayList;
import java.util.List;

/**
 * A kernel that runs on the calling thread alone.
 *
 * @param kernel what runs; bound with one thread, too
 */
public record OnOneThread(Kernel kernel) implements Kernel {

  /** The same kernels, where those on one thread that follow one another limit it together. */
  public static List<Kernel> together(List<Kernel> kernels) {
    List<Kernel> all = new ArrayList<>();
    List<Kernel> neighbors = new ArrayList<>();
    for (Kernel kernel : kernels) {
      if (kernel instanceof OnOneThread alone) {
        neighbors.add(alone.kernel());
        continue;
      }
      join(neighbors, all);
      all.add(kernel);
    }
    join(neighbors, all);
    return all;
  }

  private static void join(List<Kernel> neighbors, List<Kernel> all) {
    if (!neighbors.isEmpty()) {
      all.add(new OnOneThread(Sequence.of(neighbors)));
      neighbors.clear();
    }
  }

  @Override
  public void run() {
    int all = OmpThreads.limit(1);
    try {
      kernel.run();
    } finally {
      OmpThreads.restore(all);
    }
  }

  @Override
  public void workIn(Scratchpad pad) {
    kernel.workIn(pad);
  }

  @Override
  public void close() {
    kernel.close();
  }
}
