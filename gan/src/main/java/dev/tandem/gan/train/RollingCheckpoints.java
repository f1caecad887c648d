package dev.tandem.gan.train;

import dev.tandem.core.data.DataFileException;
import dev.tandem.core.io.CheckpointSeries;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last few states of a run, saved after every so many rounds, or so much time, and at the end
 * of the training, each in a directory named after its round: {@code
 * trainer.with(RollingCheckpoints.in(directory, 3, 1000))}. {@link AdversarialTraining#resume} goes
 * on from any of them.
 *
 * <p>When the trainer has gone back, by a {@link Watchdog} or by {@link
 * AdversarialTrainer#restore}, the states of the rounds that no longer count are set aside at the
 * next save, as {@link CheckpointSeries#setAside} says; so the newest state is always one of the
 * run as it went on.
 */
public final class RollingCheckpoints implements AdversarialCallback {

  private static final Logger LOG = LoggerFactory.getLogger(RollingCheckpoints.class);

  private final CheckpointSeries series;
  private final int every;
  private final Optional<Duration> time;
  private final boolean goesOn;
  private final Consumer<AdversarialTrainer> beside;
  private long saved = -1;
  private long savedNanos;

  /** The last round of the run, also of what it went back from until that is set aside. */
  private long reached = -1;

  private RollingCheckpoints(
      CheckpointSeries series,
      int every,
      Optional<Duration> time,
      boolean goesOn,
      Consumer<AdversarialTrainer> beside) {
    if (every < 1) {
      throw new IllegalArgumentException("rounds between checkpoints are not at least 1: " + every);
    }
    this.series = series;
    this.every = every;
    this.time = time;
    this.goesOn = goesOn;
    this.beside = beside;
  }

  /**
   * Checkpoints in a directory, which may hold those of the run so far.
   *
   * @param kept how many stay when one more is saved, at least 1
   * @param every rounds between two, at least 1
   */
  public static RollingCheckpoints in(Path directory, int kept, int every) {
    return in(CheckpointSeries.in(directory, kept), every);
  }

  /**
   * Checkpoints in a series, which may hand them on.
   *
   * @param every rounds between two, at least 1
   */
  public static RollingCheckpoints in(CheckpointSeries series, int every) {
    return new RollingCheckpoints(series, every, Optional.empty(), false, trainer -> {});
  }

  /**
   * The same with a state that is saved too when so much time has passed since the last one.
   *
   * @throws IllegalArgumentException if it is not above 0
   */
  public RollingCheckpoints orEvery(Duration longest) {
    if (longest.isZero() || longest.isNegative()) {
      throw new IllegalArgumentException("time between checkpoints is not above 0: " + longest);
    }
    return new RollingCheckpoints(series, every, Optional.of(longest), goesOn, beside);
  }

  /**
   * The same, but a state that cannot be written, as on a full disk, is said in the log, and the
   * training goes on; earlier states are untouched. The last state, at the end of the training, is
   * an error all the same.
   */
  public RollingCheckpoints goingOnWithout() {
    return new RollingCheckpoints(series, every, time, true, beside);
  }

  /**
   * The same with what else is saved before each state, so that whoever finds a state finds it too:
   * such as the generator as a model file. A {@link DataFileException} of it is one of the state.
   */
  public RollingCheckpoints with(Consumer<AdversarialTrainer> saving) {
    return new RollingCheckpoints(series, every, time, goesOn, beside.andThen(saving));
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
    savedNanos = System.nanoTime();
    long rounds = trainer.counters().rounds();
    if (rounds >= reached) {
      series.requireNoneAfter(rounds);
      reached = rounds;
    }
  }

  @Override
  public void onRound(AdversarialTrainer trainer, Round round) {
    if (trainer.isTimeFor(every) || isTime() && !trainer.isApart()) {
      saveInPassing(trainer);
    }
    reached = Math.max(reached, round.number());
  }

  private boolean isTime() {
    return time.isPresent() && System.nanoTime() - savedNanos >= time.get().toNanos();
  }

  private void saveInPassing(AdversarialTrainer trainer) {
    try {
      save(trainer);
    } catch (DataFileException e) {
      if (!goesOn) {
        throw e;
      }
      savedNanos = System.nanoTime();
      LOG.warn("{}; the training goes on without it", e.getMessage());
    }
  }

  @Override
  public void onEnd(AdversarialTrainer trainer) {
    long rounds = trainer.counters().rounds();
    if (trainer.isApart()) {
      LOG.warn(
          "rounds {} to {} are not in a checkpoint: workers take the mean of their weights every {}"
              + " rounds, and the training has ended between two",
          rounds - rounds % trainer.recipe().exchange().every() + 1,
          rounds,
          trainer.recipe().exchange().every());
    } else if (rounds != saved) {
      save(trainer);
    }
  }

  private void save(AdversarialTrainer trainer) {
    trainer.ahead().settle();
    long rounds = trainer.counters().rounds();
    if (rounds < reached) {
      series.setAside(rounds);
    }
    beside.accept(trainer);
    series.save(RunFiles.checkpoint(trainer), rounds, RunFiles.state(trainer));
    saved = rounds;
    savedNanos = System.nanoTime();
    reached = rounds;
  }
}
