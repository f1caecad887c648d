package dev.tandem.examples.gan;

import dev.tandem.core.train.callback.Progress;
import dev.tandem.gan.train.AdversarialCallback;
import dev.tandem.gan.train.AdversarialTrainer;
import dev.tandem.gan.train.Round;
import java.io.PrintWriter;
import java.util.Locale;

/** Tells how far a run is: by a bar on a terminal, by a line now and then elsewhere. */
public final class RunLog implements AdversarialCallback, AutoCloseable {

  private static final int LINE_ROUNDS = 500;

  private final Progress bar;
  private final long steps;
  private final PrintWriter out;
  private Round last = new Round(0, Double.NaN, Double.NaN);

  /**
   * A log.
   *
   * @param steps rounds in all
   * @param from the rounds that were done before
   */
  public RunLog(String task, long steps, long from, PrintWriter out) {
    this.bar = Progress.of(task, steps).labels("D", "G").startingAt(from);
    this.steps = steps;
    this.out = out;
  }

  /** What the last round reported. */
  public Round last() {
    return last;
  }

  @Override
  public void onRound(AdversarialTrainer trainer, Round round) {
    last = round;
    bar.step(round.discriminatorLoss(), round.generatorLoss());
    boolean due = round.number() % LINE_ROUNDS == 0 || round.number() == steps;
    if (due && System.console() == null) {
      out.printf(
          Locale.ROOT,
          "step %d of %d: loss of D %.3f, of G %.3f%n",
          round.number(),
          steps,
          round.discriminatorLoss(),
          round.generatorLoss());
      out.flush();
    }
  }

  @Override
  public void close() {
    bar.close();
  }
}
