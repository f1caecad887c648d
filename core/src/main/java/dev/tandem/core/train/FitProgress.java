package dev.tandem.core.train;

/** Where a fit is, for callbacks; they may stop it. */
public final class FitProgress {

  private final Trainer trainer;
  private final History history;
  private final int epochs;
  private int epoch;
  private String stopReason = "";

  FitProgress(Trainer trainer, History history, int epochs) {
    this.trainer = trainer;
    this.history = history;
    this.epochs = epochs;
  }

  /** Who trains. */
  public Trainer trainer() {
    return trainer;
  }

  /** What was reported so far. */
  public History history() {
    return history;
  }

  /** How many epochs were asked for. */
  public int epochs() {
    return epochs;
  }

  /** The epoch, counted from 0. */
  public int epoch() {
    return epoch;
  }

  /** Ends the fit after this epoch. */
  public void stop(String reason) {
    stopReason = reason;
  }

  /** Whether a callback has ended the fit. */
  public boolean isStopped() {
    return !stopReason.isEmpty();
  }

  /** Why a callback has ended the fit; empty if none has. */
  public String stopReason() {
    return stopReason;
  }

  void enter(int number) {
    epoch = number;
  }
}
