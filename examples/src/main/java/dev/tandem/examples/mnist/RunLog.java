package dev.tandem.examples.mnist;

import dev.tandem.core.train.callback.Progress;
import java.io.PrintWriter;
import java.util.Locale;

/** Tells how far a run is: by a bar on a terminal, by a line now and then elsewhere. */
final class RunLog implements AutoCloseable {

  private static final int LINE_STEPS = 500;

  private final Progress bar;
  private final int steps;
  private final PrintWriter out;

  /** A log of so many steps. */
  RunLog(int steps, PrintWriter out) {
    this.bar = Progress.of("mnist", steps).labels("D", "G");
    this.steps = steps;
    this.out = out;
  }

  /** One more step is done. */
  void add(DcganTraining.Result result) {
    bar.step(result.discriminator(), result.generator());
    boolean due = bar.done() % LINE_STEPS == 0 || bar.done() == steps;
    if (due && System.console() == null) {
      out.printf(
          Locale.ROOT,
          "step %d of %d: loss of D %.3f, of G %.3f%n",
          bar.done(),
          steps,
          result.discriminator(),
          result.generator());
      out.flush();
    }
  }

  @Override
  public void close() {
    bar.close();
  }
}
