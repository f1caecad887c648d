package dev.tandem.examples.gan;

import dev.tandem.core.train.callback.Progress;
import dev.tandem.gan.train.AdversarialCallback;
import dev.tandem.gan.train.AdversarialTrainer;
import dev.tandem.gan.train.Round;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells how far a run is: by a bar on a terminal, by a line every few seconds elsewhere. */
public final class RunLog implements AdversarialCallback, AutoCloseable {

  private static final long LINE_NANOS = 5_000_000_000L;

  private final Progress bar;
  private final long steps;
  private final PrintWriter out;
  private long begin;
  private long from;
  private long told;
  private @Nullable Round last;

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

  /** What the last round reported; empty if there was none. */
  public Optional<Round> last() {
    return Optional.ofNullable(last);
  }

  @Override
  public void onStart(AdversarialTrainer trainer) {
    begin = System.nanoTime();
    told = begin;
    from = trainer.counters().rounds();
  }

  @Override
  public void onRound(AdversarialTrainer trainer, Round round) {
    last = round;
    bar.step(() -> new double[] {round.discriminatorLoss(), round.generatorLoss()});
    long now = System.nanoTime();
    if (System.console() == null && (now - told >= LINE_NANOS || round.number() == steps)) {
      told = now;
      out.println(line(round, (now - begin) / 1e9));
      out.flush();
    }
  }

  private String line(Round round, double seconds) {
    double each = seconds / (round.number() - from);
    long left = steps - round.number();
    return String.format(
        Locale.ROOT,
        "step %d of %d: loss of D %.3f, of G %.3f; %.3g ms each%s",
        round.number(),
        steps,
        round.discriminatorLoss(),
        round.generatorLoss(),
        1000 * each,
        left == 0 ? "" : ", " + text(Duration.ofSeconds(Math.round(each * left))) + " left");
  }

  /** As in {@code 1:02:03} or {@code 2:03}. */
  private static String text(Duration time) {
    return time.toHours() > 0
        ? String.format(
            Locale.ROOT, "%d:%02d:%02d", time.toHours(), time.toMinutesPart(), time.toSecondsPart())
        : String.format(Locale.ROOT, "%d:%02d", time.toMinutes(), time.toSecondsPart());
  }

  @Override
  public void close() {
    bar.close();
  }
}
