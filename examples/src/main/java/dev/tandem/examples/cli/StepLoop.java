package dev.tandem.examples.cli;

import dev.tandem.core.train.callback.Progress;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.StringJoiner;

/**
 * The steps of a training by hand, told by a bar on a terminal and by a line now and then
 * elsewhere; they end early when a signal comes:
 *
 * <pre>{@code
 * try (StepLoop loop = study.loop("siamese", "loss")) {
 *   while (loop.goesOn()) {
 *     loop.done(trainer.trainOnBatch(…).loss());
 *   }
 * }
 * }</pre>
 */
public final class StepLoop implements AutoCloseable {

  private static final int LINES = 10;

  private final String task;
  private final int steps;
  private final PrintWriter out;
  private final Interruption interruption;
  private final String[] losses;
  private final Progress bar;
  private int done;

  StepLoop(String task, int steps, PrintWriter out, Interruption interruption, String... losses) {
    this.task = task;
    this.steps = steps;
    this.out = out;
    this.interruption = interruption;
    this.losses = losses.clone();
    this.bar = Progress.of(task, steps).labels(losses);
  }

  /** Whether there is another step to make. */
  public boolean goesOn() {
    return done < steps && interruption.signal().isEmpty();
  }

  /** The steps that were made. */
  public int done() {
    return done;
  }

  /**
   * One more step is made.
   *
   * @param values of its losses, in the order of their names
   */
  public void done(double... values) {
    done++;
    bar.step(values);
    int interval = Math.max(1, steps / LINES);
    if ((done % interval == 0 || done == steps) && System.console() == null) {
      StringJoiner line = new StringJoiner(", ");
      for (int i = 0; i < values.length; i++) {
        line.add(String.format(Locale.ROOT, "%s %.4f", losses[i], values[i]));
      }
      out.println(task + ": step " + done + " of " + steps + ", " + line);
      out.flush();
    }
  }

  @Override
  public void close() {
    bar.close();
  }
}
