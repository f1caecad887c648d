package dev.tandem.gan.train;

import dev.tandem.core.data.BatchPosition;
import dev.tandem.core.data.DataFileException;
import dev.tandem.core.data.Dataset;
import dev.tandem.core.io.Checkpoint;
import dev.tandem.core.io.RunState;
import dev.tandem.gan.step.LazyPenalty;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A run in files: core's checkpoint, with counters and settings beside it. */
final class RunFiles {

  private static final String SETTING = "setting ";

  private RunFiles() {}

  /**
   * What comes back besides arrays.
   *
   * @param counters of the run
   * @param position of the batch that comes next
   */
  record Restored(Counters counters, BatchPosition position) {}

  static Checkpoint checkpoint(AdversarialTrainer trainer) {
    Checkpoint checkpoint =
        Checkpoint.of(trainer.steps().discriminator(), trainer.steps().generator());
    for (LazyPenalty lazy : trainer.steps().lazy().values()) {
      checkpoint = checkpoint.with(lazy.trainer().model()); // its optimizer state is the other's
    }
    return trainer.average().map(checkpoint::with).orElse(checkpoint);
  }

  static RunState state(AdversarialTrainer trainer) {
    Counters counters = trainer.counters();
    RunState state =
        RunState.at(trainer.position())
            .with("rounds", counters.rounds())
            .with("discriminator steps", counters.discriminatorSteps())
            .with("generator steps", counters.generatorSteps())
            .with("penalty steps", counters.penaltySteps())
            .with("images", counters.images());
    for (Map.Entry<String, String> setting :
        Settings.of(trainer.recipe(), trainer.data()).entrySet()) {
      state = state.with(SETTING + setting.getKey(), setting.getValue());
    }
    return state;
  }

  /** The recipe with the seed of a save, if it states none. */
  static AdversarialTraining seeded(AdversarialTraining recipe, Path directory) {
    String saved = settings(Checkpoint.runState(directory)).get("seed");
    boolean unknown = saved == null || !saved.matches("-?\\d+");
    return recipe.seed().isPresent() || unknown
        ? recipe.seed(recipe.seed().orElse(0))
        : recipe.seed(Long.parseLong(saved));
  }

  /**
   * Refuses a save of another recipe or other data.
   *
   * @throws DataFileException if settings differ; lists them
   */
  static void requireSameSettings(AdversarialTraining recipe, List<Dataset> data, Path directory) {
    RunState saved = Checkpoint.runState(directory);
    List<String> differences = Settings.differences(settings(saved), Settings.of(recipe, data));
    if (!differences.isEmpty()) {
      throw new DataFileException(
          directory.toString(),
          "was saved with other settings: "
              + String.join("; ", differences)
              + ". Nothing was loaded; resume with the settings of then, or start a new run");
    }
  }

  private static Map<String, String> settings(RunState saved) {
    Map<String, String> settings = new java.util.TreeMap<>();
    saved
        .texts()
        .forEach(
            (name, text) -> {
              if (name.startsWith(SETTING)) {
                settings.put(name.substring(SETTING.length()), text);
              }
            });
    return settings;
  }

  static Restored restore(AdversarialTrainer trainer, Path directory) {
    RunState saved = checkpoint(trainer).restore(directory);
    Counters counters =
        new Counters(
            saved.number("rounds"),
            saved.number("discriminator steps"),
            saved.number("generator steps"),
            saved.number("penalty steps"),
            saved.number("images"));
    return new Restored(counters, saved.position().orElseThrow());
  }
}
