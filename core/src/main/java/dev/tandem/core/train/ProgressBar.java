package dev.tandem.core.train;

/** Shows on the terminal, if there is one, how far a fit is. */
public final class ProgressBar implements Callback {

  private final String task;
  private Progress progress = Progress.silent();

  private ProgressBar(String task) {
    this.task = task;
  }

  /** A line that begins with the name of what is done. */
  public static ProgressBar of(String task) {
    return new ProgressBar(task);
  }

  @Override
  public void onStart(FitProgress fit) {
    long perEpoch = fit.stepsPerEpoch();
    progress =
        Progress.of(task, fit.epochs() * perEpoch)
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
