package dev.tandem.gan.train;

import dev.tandem.core.data.BatchPosition;
import dev.tandem.core.data.DataFileException;
import dev.tandem.core.data.DataSource;
import dev.tandem.core.io.Checkpoint;
import dev.tandem.core.io.RunState;
import dev.tandem.gan.step.LazyPenalty;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A run in files: core's checkpoint, with counters and settings beside it. */
final class RunFiles {

  private static final Logger LOG = LoggerFactory.getLogger(RunFiles.class);

  private static final String SETTING = "setting ";
  private static final String FORMAT = "settings format";

  /** The most differences that a message lists. */
  private static final int MOST = 12;

  private RunFiles() {}

  /**
   * The state of a run besides arrays.
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
            .with("images", counters.images())
            .with(FORMAT, Settings.FORMAT);
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
  static void requireSameSettings(
      AdversarialTraining recipe, List<DataSource> data, Path directory) {
    RunState saved = Checkpoint.runState(directory);
    long format = saved.numbers().getOrDefault(FORMAT, 1L);
    if (format > Settings.FORMAT) {
      throw new DataFileException(
          directory.toString(),
          "has settings of format "
              + format
              + ", and this library reads up to "
              + Settings.FORMAT
              + "; upgrade it");
    }
    List<String> differences = Settings.differences(settings(saved), now(format, recipe, data));
    if (!differences.isEmpty()) {
      int told = Math.min(MOST, differences.size());
      throw new DataFileException(
          directory.toString(),
          "was saved with other settings:\n  "
              + String.join("\n  ", differences.subList(0, told))
              + (told < differences.size()
                  ? "\n  and " + (differences.size() - told) + " more"
                  : "")
              + (format == 1 && differences.stream().anyMatch(text -> text.contains("["))
                  ? "\nIt is of an older version, which compared what classes print of themselves."
                  : "")
              + "\nNothing was loaded; resume with the settings of then, or start a new run");
    }
  }

  private static Map<String, String> now(
      long format, AdversarialTraining recipe, List<DataSource> data) {
    return format == 1 ? TextSettings.of(recipe, data) : Settings.of(recipe, data);
  }

  /** Says which code of a run that is resumed is taken to be the same. */
  static void warnOfCode(AdversarialTraining recipe, List<DataSource> data, Path directory) {
    RunState saved = Checkpoint.runState(directory);
    Map<String, String> then = settings(saved);
    List<String> code =
        saved.numbers().containsKey(FORMAT)
            ? Settings.incomparable(then, Settings.of(recipe, data))
            : List.of();
    if (!code.isEmpty()) {
      LOG.warn(
          "{}: {} of this run are code, which cannot be compared; see to it that they do what they"
              + " did, or use records for them",
          directory,
          code);
    }
  }

  private static Map<String, String> settings(RunState saved) {
    Map<String, String> settings = new TreeMap<>();
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
