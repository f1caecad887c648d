package dev.tandem.examples.gan;

import dev.tandem.gan.train.AdversarialCallback;
import dev.tandem.gan.train.AdversarialTrainer;
import dev.tandem.gan.train.Round;

/** Ends a training after the round in which its time is up. */
final class TimeLimit implements AdversarialCallback {

  private static final double NANOS = 60e9;

  private final double minutes;
  private long begin;

  /**
   * A limit.
   *
   * @param minutes of the wall clock, from the start of the training
   */
  TimeLimit(double minutes) {
    this.minutes = minutes;
  }

  @Override
  public void onStart(AdversarialTrainer trainer) {
    begin = System.nanoTime();
  }

  @Override
  public void onRound(AdversarialTrainer trainer, Round round) {
    if (System.nanoTime() - begin >= minutes * NANOS) {
      trainer.stop("--minutes " + minutes + " are over");
    }
  }
}
