package dev.tandem.gan.train;

import dev.tandem.core.data.DataFileException;
import dev.tandem.core.io.Checkpoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A measure of a run that is taken every so many rounds: {@code Measuring.of("fid", 500, trainer ->
 * …)}. It can save the trainer whenever the value is the lowest so far. {@link JsonlLog} writes the
 * values down.
 */
public final class Measuring implements AdversarialCallback {

  private static final Logger LOG = LoggerFactory.getLogger(Measuring.class);

  private final String name;
  private final int every;
  private final Watchdog.Measure measure;
  private final Optional<Path> directory;
  private final boolean higher;
  private double best = Double.NaN;
  private double value = Double.NaN;
  private long round = -1;

  private Measuring(
      String name, int every, Watchdog.Measure measure, Optional<Path> directory, boolean higher) {
    if (every < 1) {
      throw new IllegalArgumentException(
          "rounds between measurements of " + name + " are not at least 1: " + every);
    }
    this.name = name;
    this.every = every;
    this.measure = measure;
    this.directory = directory;
    this.higher = higher;
  }

  /**
   * A measure.
   *
   * @param name of its values
   * @param every rounds between two, at least 1
   */
  public static Measuring of(String name, int every, Watchdog.Measure measure) {
    return new Measuring(name, every, measure, Optional.empty(), false);
  }

  /**
   * The same with the state of the lowest value so far in a directory, in place of the one before;
   * a run that goes on has to beat what lies there.
   */
  public Measuring keepingLowest(Path best) {
    return new Measuring(name, every, measure, Optional.of(best), false);
  }

  /** The same with the state of the highest value so far in a directory. */
  public Measuring keepingHighest(Path best) {
    return new Measuring(name, every, measure, Optional.of(best), true);
  }

  /** What the values are called. */
  public String name() {
    return name;
  }

  /** The last value; NaN if there is none, or it could not be measured. */
  public double value() {
    return value;
  }

  /** The round that was measured last; −1 if none was. */
  public long round() {
    return round;
  }

  /** Looks up the best value so far, of which a trainer at its start has none. */
  @Override
  public void onStart(AdversarialTrainer trainer) {
    best = Double.NaN;
    if (trainer.counters().rounds() > 0 && directory.filter(Files::isDirectory).isPresent()) {
      String saved = Checkpoint.runState(directory.get()).texts().get(key());
      best = saved == null ? Double.NaN : Double.parseDouble(saved);
    }
  }

  private String key() {
    return "measure " + name;
  }

  /**
   * Measures if it is time. What cannot be measured, as samples with NaN, is said in the log, and
   * the training goes on.
   */
  @Override
  public void onRound(AdversarialTrainer trainer, Round at) {
    if (!trainer.isTimeFor(every)) {
      return;
    }
    round = at.number();
    try {
      value = measure.of(trainer);
    } catch (IllegalArgumentException e) {
      LOG.warn("{} of round {} is not known: {}", name, round, e.getMessage());
      value = Double.NaN;
    }
    if (directory.isPresent() && isBest()) {
      save(trainer, directory.get());
    }
  }

  private boolean isBest() {
    return !Double.isNaN(value) && (Double.isNaN(best) || (higher ? value > best : value < best));
  }

  private void save(AdversarialTrainer trainer, Path to) {
    try {
      RunFiles.checkpoint(trainer)
          .save(to, RunFiles.state(trainer).with(key(), Double.toString(value)));
      best = value;
    } catch (DataFileException e) {
      LOG.warn("{}; the training goes on without it", e.getMessage());
    }
  }

  /** As in {@code fid 12.3 in round 500}. */
  @Override
  public String toString() {
    return round < 0
        ? name + ", not measured yet"
        : String.format(Locale.ROOT, "%s %.4g in round %d", name, value, round);
  }
}
