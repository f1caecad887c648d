package dev.tandem.examples.gan;

import dev.tandem.gan.train.Counters;
import java.io.PrintWriter;
import java.util.Locale;

/** What a run says at its end. */
final class RunReport {

  private final PrintWriter out;

  /** A report, to a writer. */
  RunReport(PrintWriter out) {
    this.out = out;
  }

  /**
   * What was done and what it left.
   *
   * @param before the rounds of earlier runs
   */
  void done(GanRun run, GanRun.Result result, long before, double seconds) {
    Counters counters = run.trainer().counters();
    long done = counters.rounds() - before;
    out.printf(
        Locale.ROOT,
        "%d steps in %.0f s, %.1f ms each, pictures included%n",
        done,
        seconds,
        1000 * seconds / Math.max(1, done));
    out.printf(
        Locale.ROOT,
        "%srounds=%d steps_of_d=%d steps_of_g=%d penalty_steps=%d images=%d%n",
        result
            .last()
            .map(
                round ->
                    String.format(
                        Locale.ROOT,
                        "loss of D %.3f, of G %.3f; ",
                        round.discriminatorLoss(),
                        round.generatorLoss()))
            .orElse(""),
        counters.rounds(),
        counters.discriminatorSteps(),
        counters.generatorSteps(),
        counters.penaltySteps(),
        counters.images());
    out.println("samples     " + result.samples());
    out.println("progress    " + result.progress());
    boolean translates = run.trainer().recipe().pair().conditioning().translates();
    out.println(
        "generator   "
            + result.generator()
            + (translates ? " (tandem sample --data PICTURES)" : " (tandem sample)"));
    out.println("checkpoint  " + result.checkpoint() + " (--resume)");
  }

  /** How to go on with what was interrupted. */
  void interrupted(GanRun run) {
    out.println("interrupted; 'tandem gan --resume " + run.directory() + "' goes on");
  }

  /** How good the generator is, by what was asked for. */
  void judged(GanRun run, PlannedRun planned, Judgment judgment) {
    Judgment.modes(run.trainer(), planned.data(), planned.seed()).ifPresent(out::println);
    for (AskedMetric metric : planned.metrics()) {
      out.println(judgment.measure(metric, run.trainer()));
    }
  }
}
