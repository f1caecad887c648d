package dev.tandem.gan.train;

import dev.tandem.core.io.CheckpointSeries;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The last few states of a run, saved after every so many rounds and at the end of the training,
 * each in a directory named after its round: {@code trainer.with(RollingCheckpoints.in(directory,
 * 3, 1000))}. {@link AdversarialTraining#resume} goes on from any of them.
 *
 * <p>When the trainer has gone back, by a {@link Watchdog} or by {@link
 * AdversarialTrainer#restore}, the states of the rounds that no longer count are set aside at the
 * next save, as {@link CheckpointSeries#setAside} says; so the newest state is always one of the
 * run as it went on.
 */
public final class RollingCheckpoints implements AdversarialCallback {

  private final CheckpointSeries series;
  private final int every;
  private long saved = -1;

  /** The last round of the run, also of what it went back from until that is set aside. */
  private long reached = -1;

  private RollingCheckpoints(CheckpointSeries series, int every) {
    if (every < 1) {
      throw new IllegalArgumentException("rounds between checkpoints are not at least 1: " + every);
    }
    this.series = series;
    this.every = every;
  }

  /**
   * Checkpoints in a directory, which may hold those of the run so far.
   *
   * @param kept how many stay when one more is saved, at least 1
   * @param every rounds between two, at least 1
   */
  public static RollingCheckpoints in(Path directory, int kept, int every) {
    return new RollingCheckpoints(CheckpointSeries.in(directory, kept), every);
  }

  /** The newest checkpoint in the directory, if there is one. */
  public Optional<Path> latest() {
    return series.latest();
  }

  /**
   * Refuses a directory with states of later rounds than the trainer's.
   *
   * @throws dev.tandem.core.data.DataFileException if there are such, and it was not this run that
   *     saved them
   */
  @Override
  public void onStart(AdversarialTrainer trainer) {
    long rounds = trainer.counters().rounds();
    if (rounds >= reached) {
      series.requireNoneAfter(rounds);
      reached = rounds;
    }
  }

  @Override
  public void onRound(AdversarialTrainer trainer, Round round) {
    if (round.number() % every == 0) {
      save(trainer);
    } else {
      reached = Math.max(reached, round.number());
    }
  }

  @Override
  public void onEnd(AdversarialTrainer trainer) {
    if (trainer.counters().rounds() != saved) {
      save(trainer);
    }
  }

  private void save(AdversarialTrainer trainer) {
    trainer.ahead().settle();
    long rounds = trainer.counters().rounds();
    if (rounds < reached) {
      series.setAside(rounds);
    }
    series.save(RunFiles.checkpoint(trainer), rounds, RunFiles.state(trainer));
    saved = rounds;
    reached = rounds;
  }
}
