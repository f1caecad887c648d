package dev.tandem.examples.spark.bench;

import dev.tandem.examples.cli.MarkdownTable;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What part of their time workers would spend on the work of one, on paper: no measurement. A round
 * of the slowest of W takes longer by chance, and its exchange as long as its bytes take to be
 * copied and to cross the network, and its messages to travel.
 */
public final class EfficiencyModel {

  private static final double COPY_MS_PER_MB = 1.5;
  private static final double NOISE = .05;
  private static final double LATENCY_MS = .3;
  private static final double MESSAGE_MS = .05;
  private static final int[] WORKERS = {2, 4, 8, 16, 32, 64};
  private static final int[] AVERAGED = {2, 8, 64};
  private static final int EVERY = 50;

  /**
   * A net.
   *
   * @param millis of a round of one worker
   * @param megabytes exchanged in it
   * @param exchanges in it
   */
  record Net(String name, double millis, double megabytes, int exchanges) {}

  private static final List<Net> NETS =
      List.of(
          new Net("wgangp28", 325, 4.68, 2),
          new Net("dcgan28", 189, 4.68, 2),
          new Net("dcgan32", 241, 7.40, 2),
          new Net("mlp", 4.49, 2.68, 1),
          new Net("ring", 2.41, .14, 2));

  private EfficiencyModel() {}

  /** Prints the table for networks of 1, 10 and 25 Gb/s. */
  public static void main(String... args) {
    print(System.out);
  }

  static void print(PrintStream out) {
    for (double gigabits : new double[] {1, 10, 25}) {
      out.printf(Locale.ROOT, "%n%.0f Gb/s%n%n", gigabits);
      List<String> head = new ArrayList<>(List.of("net (ms a round, MB)"));
      for (int workers : WORKERS) {
        head.add(Integer.toString(workers));
      }
      for (int workers : AVERAGED) {
        head.add("K = " + EVERY + ": " + workers);
      }
      MarkdownTable table = new MarkdownTable(head);
      for (Net net : NETS) {
        List<String> row = new ArrayList<>();
        row.add(
            String.format(
                Locale.ROOT, "%s (%.3g, %.2g)", net.name(), net.millis(), net.megabytes()));
        for (int workers : WORKERS) {
          row.add(text(efficiency(net, workers, gigabits, 1)));
        }
        Net mean = new Net(net.name(), net.millis(), net.megabytes(), 1);
        for (int workers : AVERAGED) {
          row.add(text(efficiency(mean, workers, gigabits, EVERY)));
        }
        table.row(row);
      }
      out.print(table.text());
    }
  }

  private static String text(double efficiency) {
    return String.format(Locale.ROOT, "%.2f", efficiency);
  }

  /**
   * The part of workers' time that is work.
   *
   * @param gigabits a second of the network, of each worker
   * @param every rounds between two exchanges
   */
  static double efficiency(Net net, int workers, double gigabits, int every) {
    double wire = 8 / gigabits;
    double peers = workers - 1;
    double exchange =
        2 * peers / workers * net.megabytes() * (COPY_MS_PER_MB + wire)
            + net.exchanges() * (2 * LATENCY_MS + 2 * peers * MESSAGE_MS);
    double slowest = 1 + NOISE * largestOf(workers) / Math.sqrt(every);
    return net.millis() / (net.millis() * slowest + exchange / every);
  }

  /**
   * The mean of the largest of so many normal numbers: ∫ 1 − Φ(x)ⁿ for x > 0, less ∫ Φ(x)ⁿ below.
   */
  static double largestOf(int count) {
    double step = 1e-3;
    double sum = 0;
    double distribution = 0; // at -8, where it is 6e-16
    for (double x = -8; x < 8; x += step) {
      double middle = x + step / 2;
      double density = step * Math.exp(-middle * middle / 2) / Math.sqrt(2 * Math.PI);
      distribution += density;
      double power = Math.pow(distribution - density / 2, count);
      sum += step * (x < 0 ? -power : 1 - power);
    }
    return sum;
  }
}
