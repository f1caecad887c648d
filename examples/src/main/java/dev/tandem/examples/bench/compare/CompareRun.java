package dev.tandem.examples.bench.compare;

import dev.tandem.examples.bench.measure.Task;
import dev.tandem.examples.bench.measure.Workload;
import dev.tandem.examples.bench.systems.Contender;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Locale;

/**
 * Takes a task's steps on the CPU and on another device from the same weights, with the same data
 * and random numbers, and prints the losses of both.
 *
 * @param task what is trained
 * @param contender this library on the other device
 * @param steps how many
 * @param out takes a line for each step, and one with the largest difference
 */
public record CompareRun(Task task, Contender contender, int steps, PrintWriter out) {

  /** Losses below this count as this: differences of losses near 0 tell nothing. */
  private static final double LEAST = 0.01;

  /**
   * Measures and prints.
   *
   * @return whether all losses are finite
   */
  public boolean run() {
    double largest = 0;
    int at = 0;
    boolean finite = true;
    try (Workload first = Contender.TANDEM.make(task);
        Workload second = contender.make(task)) {
      for (int step = 0; step < steps; step++) {
        double[] here = first.step(step);
        double[] there = second.step(step);
        double difference = difference(here, there);
        finite &= Arrays.stream(here).allMatch(Double::isFinite);
        finite &= Arrays.stream(there).allMatch(Double::isFinite);
        if (difference > largest) {
          largest = difference;
          at = step + 1;
        }
        out.printf(
            Locale.ROOT,
            "step %d %s %s %s %s difference %.2e%n",
            step + 1,
            Contender.TANDEM.label(),
            text(here),
            contender.label(),
            text(there),
            difference);
      }
    }
    out.printf(
        Locale.ROOT,
        "# %s %s against %s: largest relative difference of a loss %.2e at step %d of %d,"
            + " finite=%s%n",
        contender.label(),
        task.label(),
        Contender.TANDEM.label(),
        largest,
        at,
        steps,
        finite);
    out.flush();
    return finite;
  }

  private static double difference(double[] here, double[] there) {
    double largest = 0;
    for (int i = 0; i < here.length; i++) {
      double size = Math.max(LEAST, Math.max(Math.abs(here[i]), Math.abs(there[i])));
      largest = Math.max(largest, Math.abs(here[i] - there[i]) / size);
    }
    return largest;
  }

  private static String text(double[] losses) {
    StringBuilder text = new StringBuilder();
    for (double loss : losses) {
      text.append(text.isEmpty() ? "" : " ").append(String.format(Locale.ROOT, "%.6f", loss));
    }
    return text.toString();
  }
}
