package dev.tandem.gan.train;

import com.google.common.collect.ImmutableSet;

/**
 * The settings that may be others when a run goes on: {@code recipe.resume(data, directory,
 * Changes.of("batch", "optimizer.generator.rate"))}. Nets, weights, the state of optimizers,
 * counters and averages are kept.
 *
 * <p>Sound are: rates of optimizers, also as schedules; weights of penalties, of terms and of
 * conditioning, and numbers of losses and of schedules of penalties, while their kinds stay; the
 * batch size, unless fakes are reused; the average, if there is one before and after; engine and
 * precision, after which bits are others than they would have been. All else makes another run.
 */
public final class Changes {

  private static final Changes NONE = new Changes(false, ImmutableSet.of());
  private static final Changes SOUND = new Changes(true, ImmutableSet.of());

  private final boolean all;
  private final ImmutableSet<String> names;

  private Changes(boolean all, ImmutableSet<String> names) {
    this.all = all;
    this.names = names;
  }

  /** None: a run goes on as it was. */
  public static Changes none() {
    return NONE;
  }

  /** All that are sound. */
  public static Changes sound() {
    return SOUND;
  }

  /**
   * Those of some settings, and of what lies below them, if they are sound.
   *
   * @param settings by name, as in {@code batch} and {@code optimizer.generator.rate}
   */
  public static Changes of(String... settings) {
    return new Changes(false, ImmutableSet.copyOf(settings));
  }

  boolean allow(SettingDifference difference) {
    return difference.isSound()
        && (all
            || names.stream()
                .anyMatch(
                    name ->
                        difference.setting().equals(name)
                            || difference.setting().startsWith(name + ".")));
  }

  /** As in {@code changes of [batch]}. */
  @Override
  public String toString() {
    return all ? "sound changes" : "changes of " + names;
  }
}
