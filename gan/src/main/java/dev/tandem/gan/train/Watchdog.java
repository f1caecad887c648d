package dev.tandem.gan.train;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A recipe for looking after a run, given to {@link AdversarialTrainer#with(Watchdog)}. It finds
 *
 * <ul>
 *   <li>NaN or infinity, with the op and the layer that made it first;
 *   <li>a discriminator that has won: its loss stays below a part of what telling nothing apart
 *       costs, for many rounds (losses without such a scale, as Wasserstein's, are not judged);
 *   <li>a generator whose samples have become alike: the mean standard deviation of their numbers
 *       over a batch falls below a part of that of real samples, in two checks in a row; a young
 *       generator, whose samples were never unlike, is given time first;
 *   <li>a metric that has got worse than its best value, if one is given.
 * </ul>
 *
 * and warns in the log, ends the training with the reason, or ends it after going back to the best
 * state it has seen. What it counts between checks is not saved: a resumed run counts anew.
 *
 * @param action what a finding leads to
 * @param saturation the part of the loss at indifference, 0 to not look
 * @param saturationRounds how many rounds in a row
 * @param diversity the part of the standard deviation of real samples, 0 to not look
 * @param warmUp the rounds of the run in which samples that are alike are no finding, unless they
 *     were unlike in an earlier check
 * @param checkEvery rounds between looks at samples, which are also when the best state is saved
 * @param checkpoint where the best state is saved, for going back; else null
 * @param measure what makes a state the best; else null, and that is the metric looked at for
 *     getting worse, or if there is none either the latest healthy state is
 * @param regression which metric must not get worse; else null
 */
public record Watchdog(
    Action action,
    double saturation,
    int saturationRounds,
    double diversity,
    int warmUp,
    int checkEvery,
    @Nullable Path checkpoint,
    @Nullable Measure measure,
    @Nullable Regression regression) {

  /** The consequence of a finding. */
  public enum Action {
    /** A warning in the log, once for each kind of finding. */
    WARN,
    /** The end of the training, with the reason in its {@link Outcome}. */
    STOP,
    /** The end of the training, back in the best state. */
    ROLL_BACK
  }

  /** A measure of states. */
  @FunctionalInterface
  public interface Measure {

    /** A number for the state of a trainer: the lower, the better. NaN is never the best. */
    double of(AdversarialTrainer trainer);
  }

  /** Checks the numbers. */
  public Watchdog {
    Objects.requireNonNull(action, "action");
    requirePart("saturation", saturation);
    requirePart("diversity", diversity);
    if (warmUp < 0) {
      throw new IllegalArgumentException("warm-up of a watchdog is not at least 0: " + warmUp);
    }
    if (saturationRounds < 1 || checkEvery < 1) {
      throw new IllegalArgumentException(
          "rounds of a watchdog are not at least 1: "
              + saturationRounds
              + " of saturation, checks every "
              + checkEvery);
    }
    if ((action == Action.ROLL_BACK) != (checkpoint != null)) {
      throw new IllegalArgumentException(
          action + (checkpoint == null ? " needs a directory" : " has no use for a directory"));
    }
  }

  private static void requirePart(String name, double part) {
    if (!(part >= 0 && part < 1)) {
      throw new IllegalArgumentException(name + " of a watchdog is not in [0, 1): " + part);
    }
  }

  private static Watchdog of(Action action, @Nullable Path checkpoint) {
    return new Watchdog(action, 0.01, 200, 0.1, 1000, 200, checkpoint, null, null);
  }

  /**
   * Warns: at 1 % of the loss for 200 rounds; at 10 % of the deviation, looked at every 200 rounds,
   * once samples had more than that or 1,000 rounds are done.
   */
  public static Watchdog warning() {
    return of(Action.WARN, null);
  }

  /** The same, but ends the training with the reason. */
  public static Watchdog stopping() {
    return of(Action.STOP, null);
  }

  /**
   * The same, but ends the training in the best state.
   *
   * @param directory where that is saved; new, or one that was saved to before
   */
  public static Watchdog rollingBack(Path directory) {
    return of(Action.ROLL_BACK, directory);
  }

  /** The same with other limits for the discriminator's loss. */
  public Watchdog saturation(double part, int rounds) {
    return with(
        draft -> {
          draft.saturation = part;
          draft.saturationRounds = rounds;
        });
  }

  /** The same with another limit for the deviation of samples. */
  public Watchdog diversity(double part) {
    return with(draft -> draft.diversity = part);
  }

  /**
   * The same with another warm-up for the deviation of samples: so many rounds of the run in which
   * a generator that was never above the limit is not below it either; 0 to look from the start.
   */
  public Watchdog warmUp(int rounds) {
    return with(draft -> draft.warmUp = rounds);
  }

  /** The same with looks at samples after other numbers of rounds. */
  public Watchdog checkEvery(int rounds) {
    return with(draft -> draft.checkEvery = rounds);
  }

  /** The same with a measure of which state is the best, the lower the better: such as FID. */
  public Watchdog bestBy(Measure lower) {
    return with(draft -> draft.measure = lower);
  }

  /**
   * The same with a metric that must not get worse. Without {@link #bestBy} it also says which
   * state is the best.
   *
   * @param metric the lower, the better, and at least 0: such as FID
   * @param every rounds between two measurements
   * @param factor how many times the best value so far is too much, above 1
   * @param times how many measurements in a row
   */
  public Watchdog regression(Measure metric, int every, double factor, int times) {
    return with(draft -> draft.regression = new Regression(metric, every, factor, times));
  }

  Optional<Path> directory() {
    return Optional.ofNullable(checkpoint);
  }

  private Watchdog with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.build();
  }

  /** The components of a watchdog while one of them changes. */
  private static final class Draft {

    private final Action action;
    private double saturation;
    private int saturationRounds;
    private double diversity;
    private int warmUp;
    private int checkEvery;
    private final @Nullable Path checkpoint;
    private @Nullable Measure measure;
    private @Nullable Regression regression;

    Draft(Watchdog from) {
      action = from.action;
      saturation = from.saturation;
      saturationRounds = from.saturationRounds;
      diversity = from.diversity;
      warmUp = from.warmUp;
      checkEvery = from.checkEvery;
      checkpoint = from.checkpoint;
      measure = from.measure;
      regression = from.regression;
    }

    Watchdog build() {
      return new Watchdog(
          action,
          saturation,
          saturationRounds,
          diversity,
          warmUp,
          checkEvery,
          checkpoint,
          measure,
          regression);
    }
  }
}
