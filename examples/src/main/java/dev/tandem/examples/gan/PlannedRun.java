package dev.tandem.examples.gan;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.worker.Workers;
import dev.tandem.gan.config.Config;
import dev.tandem.gan.train.AdversarialTraining;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * What a run is going to be: data were read, settings are complete, and both were found to go
 * together.
 *
 * @param data that it learns from, with what is made of it if it translates
 * @param config all of its settings
 * @param recipe that these give, over new nets
 * @param another makes such a recipe over other nets
 */
record PlannedRun(
    GanData data,
    Config config,
    AdversarialTraining recipe,
    Supplier<AdversarialTraining> another) {

  /**
   * All settings of a run on some data.
   *
   * @param asked what was asked for of the data
   * @param options what else was asked for
   * @param batchGiven whether the batch was among it; else few pictures make it smaller
   * @throws IllegalArgumentException if values do not go together
   */
  static Config settings(Config asked, SettingOptions options, GanData source, boolean batchGiven) {
    Config whole = asked.resolved(source.sample(), source.labelledClasses());
    Config config = options.all(whole).resolved(source.sample(), source.labelledClasses());
    OptionalInt batch =
        source.smallerBatch(config.recipe(source.sample(), source.labelledClasses()));
    return batch.isEmpty() || batchGiven || !asked.get("batch").equals("none")
        ? config
        : config.set("batch", Integer.toString(batch.getAsInt()), "few pictures");
  }

  /**
   * The run of settings on data.
   *
   * @throws IllegalArgumentException if they do not go together
   */
  static PlannedRun of(GanData source, Config config, PictureReading reading) {
    AdversarialTraining recipe = config.recipe(source.sample(), source.labelledClasses());
    Optional<GanData> other =
        config
            .data()
            .to()
            .map(name -> GanData.named(reading.like(source, name, config), seed(config), reading));
    GanData found = Domains.fitting(source, recipe.pair().conditioning(), config.name(), other);
    found.requireFits(recipe, config.name());
    found.requireABatch(recipe);
    Judgment.require(found, AskedMetric.of(config.metrics()), Lens.of(config.metrics()));
    requireMeans(config);
    return new PlannedRun(
        found, config, recipe, () -> config.recipe(source.sample(), source.labelledClasses()));
  }

  /** A run ends where all workers hold the same. */
  private static void requireMeans(Config config) {
    long rounds = config.budget().rounds();
    int every = config.workers().exchange().every();
    if (rounds % every != 0) {
      throw new IllegalArgumentException(
          "workers take means of weights every "
              + every
              + " rounds, and "
              + rounds
              + " rounds would end between two; take --steps "
              + (rounds / every + 1) * every);
    }
  }

  /** The recipe of one of its workers, over nets of its own. */
  AdversarialTraining recipe(Workers worker) {
    AdversarialTraining one = worker.rank() == 0 ? recipe : another.get();
    return one.over(worker, config.workers().exchange());
  }

  /** What everything random in a run follows from. */
  static long seed(Config config) {
    return config.seed().orElse(1);
  }

  long seed() {
    return seed(config);
  }

  /** What measures look through. */
  Lens lens() {
    return Lens.of(config.metrics());
  }

  /** What is measured at the end. */
  ImmutableList<AskedMetric> metrics() {
    return AskedMetric.of(config.metrics());
  }
}
