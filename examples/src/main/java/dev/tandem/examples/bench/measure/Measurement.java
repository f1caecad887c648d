package dev.tandem.examples.bench.measure;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * Takes the steps of one workload, times them, and prints what came out: the line of numbers, and
 * lines with {@code #} that say whether it trained what it should.
 */
public final class Measurement {

  private static final int TAIL = 20;

  private final String label;
  private final Workload workload;
  private final PrintWriter out;
  private boolean finite = true;
  private int taken;

  /**
   * A measurement.
   *
   * @param label contender and task
   */
  public Measurement(String label, Workload workload, PrintWriter out) {
    this.label = label;
    this.workload = workload;
    this.out = out;
  }

  /** The first step, warming up, then the measured steps. */
  public Timing run(int iterations, int warmup) {
    double[] first = step();
    double firstSeconds = Machine.uptime();
    while (taken <= warmup) {
      step();
    }
    double[] times = new double[iterations];
    double[] tail = new double[first.length];
    int averaged = Math.min(TAIL, iterations);
    for (int i = 0; i < iterations; i++) {
      long before = System.nanoTime();
      double[] losses = step();
      times[i] = (System.nanoTime() - before) / 1e6;
      for (int k = 0; k < tail.length && i >= iterations - averaged; k++) {
        tail[k] += losses[k] / averaged;
      }
    }
    Timing timing = new Timing(times);
    print(
        "%s %.3f %.3f %.3f %.2f %d%n",
        label,
        timing.median(),
        timing.quantile(0.1),
        timing.quantile(0.9),
        timing.stepsPerSecond(),
        Machine.peakMegabytes());
    print(
        "# %s first_step_s=%.2f p99_ms=%.3f losses first=%s mean_last%d=%s finite=%s threads=%s%n",
        label,
        firstSeconds,
        timing.quantile(0.99),
        text(first),
        averaged,
        text(tail),
        finite,
        Machine.threads());
    if (!finite) {
      print("# %s CHECK FAILED: a loss is not finite%n", label);
    }
    if (workload instanceof GanWorkload gan) {
      check(gan);
    }
    return timing;
  }

  private double[] step() {
    double[] losses = workload.step(taken++);
    finite &= DoubleStream.of(losses).allMatch(Double::isFinite);
    return losses;
  }

  private void check(GanWorkload gan) {
    float[] d0 = gan.discriminatorParameters();
    float[] g0 = gan.generatorParameters();
    gan.discriminatorStep(taken);
    float[] d1 = gan.discriminatorParameters();
    float[] g1 = gan.generatorParameters();
    gan.generatorStep(taken);
    float[] d2 = gan.discriminatorParameters();
    float[] g2 = gan.generatorParameters();
    boolean first = !Arrays.equals(d0, d1) && Arrays.equals(g0, g1);
    boolean second = Arrays.equals(d1, d2) && !Arrays.equals(g1, g2);
    print(
        "# %s check D step changes D only: %s; G step changes G only: %s; #D=%d #G=%d %s%n",
        label, first, second, d0.length, g0.length, first && second ? "OK" : "CHECK FAILED");
  }

  private void print(String format, Object... values) {
    out.printf(Locale.ROOT, format, values);
    out.flush();
  }

  private static String text(double[] losses) {
    return Arrays.toString(
        DoubleStream.of(losses)
            .mapToObj(loss -> String.format(Locale.ROOT, "%.4f", loss))
            .toArray());
  }
}
