package dev.tandem.core.train;

/** Something that happens while a model is fitted. All methods do nothing unless overridden. */
public interface Callback {

  /** Before the first step. */
  default void onStart(FitProgress progress) {}

  /** After each step. */
  default void onStep(FitProgress progress, StepResult result) {}

  /** After each epoch, with its losses and metrics in {@code progress.history()}. */
  default void onEpoch(FitProgress progress) {}

  /** After the last epoch, also after an early stop; not after an error. */
  default void onEnd(FitProgress progress) {}

  /** After an error, in a step or in a callback, which goes on to the caller of fit. */
  default void onError(FitProgress progress, RuntimeException error) {}
}
