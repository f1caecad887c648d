package dev.tandem.core.train.callback;

import dev.tandem.core.train.Callback;
import dev.tandem.core.train.FitProgress;
import dev.tandem.core.train.StepResult;
import java.util.function.LongFunction;

/** Shows on the terminal, if there is one, how far a fit is: see {@link Progress}. */
public final class ProgressBar implements Callback {

  private final LongFunction<Progress> lines;
  private Progress progress = Progress.silent();

  /** A bar that gets a line for a number of steps. */
  ProgressBar(LongFunction<Progress> lines) {
    this.lines = lines;
  }

  /** A line that begins with the name of what is done. */
  public static ProgressBar of(String task) {
    return new ProgressBar(steps -> Progress.of(task, steps));
  }

  @Override
  public void onStart(FitProgress fit) {
    long perEpoch = fit.stepsPerEpoch();
    progress =
        lines
            .apply(fit.epochs() * perEpoch)
            .startingAt(fit.position().epoch() * perEpoch + fit.position().batch());
  }

  @Override
  public void onStep(FitProgress fit, StepResult result) {
    progress.phase("epoch " + (fit.epoch() + 1) + " of " + fit.epochs());
    progress.step(result.loss());
  }

  @Override
  public void onEnd(FitProgress fit) {
    progress.close();
  }

  @Override
  public void onError(FitProgress fit, RuntimeException error) {
    progress.close();
  }
}
