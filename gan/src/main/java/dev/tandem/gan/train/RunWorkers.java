package dev.tandem.gan.train;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.io.RunState;
import dev.tandem.core.worker.Exchange;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The workers of a run, as a save notes them. What is saved is that of all, so that a run goes on
 * with other ones.
 *
 * @param count of workers
 * @param batches that each of them takes for a step
 * @param exchange what they exchange
 * @param isNoted whether the save is of a version that notes them
 */
record RunWorkers(long count, long batches, String exchange, boolean isNoted) {

  private static final String COUNT = "workers";
  private static final String EXCHANGE = "exchange";
  private static final String EVERY_STEP = Exchange.everyStep().toString();

  static RunWorkers of(AdversarialTraining recipe) {
    int count = recipe.workers().count();
    return new RunWorkers(
        count,
        recipe.schedule().accumulation(),
        count == 1 ? EVERY_STEP : recipe.exchange().toString(),
        true);
  }

  /**
   * Those of a save.
   *
   * @param settings of its recipe
   */
  static RunWorkers of(RunState saved, Map<String, String> settings) {
    return new RunWorkers(
        saved.numbers().getOrDefault(COUNT, 1L),
        Long.parseLong(settings.getOrDefault(Settings.ACCUMULATION, "1")),
        saved.texts().getOrDefault(EXCHANGE, EVERY_STEP),
        saved.numbers().containsKey(COUNT));
  }

  RunState note(RunState state) {
    return state.with(COUNT, count).with(EXCHANGE, exchange);
  }

  /** The batches of a step of all workers. */
  long ofAStep() {
    return count * batches;
  }

  /** Whether steps are the same, whoever makes them. */
  boolean makesStepsOf(RunWorkers others) {
    return ofAStep() == others.ofAStep() && exchange.equals(others.exchange);
  }

  /** What has changed, as a run remembers it. */
  ImmutableList<SettingChange> changesSince(RunWorkers before, long round) {
    ImmutableList.Builder<SettingChange> changes = ImmutableList.builder();
    if (before.count != count) {
      changes.add(new SettingChange(round, COUNT, "" + before.count, "" + count));
    }
    if (!before.exchange.equals(exchange)) {
      changes.add(new SettingChange(round, EXCHANGE, before.exchange, exchange));
    }
    return changes.build();
  }

  /**
   * What changes for a run that goes on, in a line.
   *
   * @param samples of one batch
   * @param perEpoch batches of an epoch, if that is known
   * @param hasMemory whether batches of a step hand on a memory
   */
  String changeFrom(RunWorkers before, long samples, OptionalInt perEpoch, boolean hasMemory) {
    String who = this + " instead of " + before;
    if (makesStepsOf(before)) {
      return "goes on with " + who + ": the same steps, to the bit";
    }
    StringBuilder line = new StringBuilder("goes on with ").append(who);
    if (ofAStep() != before.ofAStep()) {
      line.append(": a step takes ")
          .append(ofAStep() * samples)
          .append(" samples instead of ")
          .append(before.ofAStep() * samples);
      if (perEpoch.isPresent()) {
        line.append(", and an epoch has ")
            .append(perEpoch.getAsInt() / ofAStep())
            .append(" steps instead of ")
            .append(perEpoch.getAsInt() / before.ofAStep());
      }
    }
    if (!exchange.equals(before.exchange)) {
      line.append(": exchanged are ").append(exchange).append(", not ").append(before.exchange);
    }
    line.append("; rates stay what they are, and weights become others than they would have been");
    if (hasMemory && ofAStep() > before.ofAStep()) {
      line.append("; the memory of batches ")
          .append(before.ofAStep() + 1)
          .append(" to ")
          .append(ofAStep())
          .append(" of a step begins empty");
    }
    return line.toString();
  }

  /** As in {@code 2 workers of 3 batches a step}. */
  @Override
  public String toString() {
    String ofEach = batches == 1 ? "" : " of " + batches + " batches a step";
    return count + (count == 1 ? " worker" : " workers") + ofEach;
  }
}
