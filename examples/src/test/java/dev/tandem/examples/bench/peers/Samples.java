package dev.tandem.examples.bench.peers;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.tandem.examples.bench.measure.Task;
import dev.tandem.examples.bench.support.Figures;
import dev.tandem.examples.bench.support.Outcome;
import java.time.LocalDate;

/** Made-up results of three systems on two tasks. */
final class Samples {

  private Samples() {}

  static Results results() {
    Results results = new Results();
    results.add("tandem", Task.RING, measured(5));
    results.add("torch", Task.RING, measured(6));
    results.add("djl", Task.RING, measured(9));
    results.add("tandem", Task.RING, measured(4));
    results.add("torch", Task.RING, measured(7));
    results.add("djl", Task.RING, Outcome.Failed.of("ended with exit code 134", list("SIGSEGV")));
    results.add("tandem", Task.RING, measured(3));
    results.add("torch", Task.RING, measured(5));
    results.add("tandem", Task.DCGAN28, measured(200));
    results.add("torch", Task.DCGAN28, Outcome.Failed.forGood("took longer than 9 s", list("…")));
    results.add("djl", Task.DCGAN28, new Outcome.Unsupported("it has no transposed convolution"));
    return results;
  }

  static Setting setting() {
    return new Setting(
        LocalDate.of(2026, 1, 2),
        "Some CPU",
        2,
        "Linux 6 amd64",
        "17.0.1",
        "2",
        3,
        ImmutableMap.of("torch", "pytorch 2.10.0"));
  }

  private static ImmutableList<String> list(String line) {
    return ImmutableList.of(line);
  }

  static Outcome measured(double median) {
    return new Outcome.Measured(
        new Figures(median, median - 1, median + 1, 1000 / median, 300, median + 2, 1.25));
  }
}
