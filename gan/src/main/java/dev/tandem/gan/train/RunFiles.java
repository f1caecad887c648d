package dev.tandem.gan.train;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.data.BatchPosition;
import dev.tandem.core.data.DataDigest;
import dev.tandem.core.data.DataFileException;
import dev.tandem.core.data.DataSource;
import dev.tandem.core.data.GeneratedSource;
import dev.tandem.core.io.Checkpoint;
import dev.tandem.core.io.RunState;
import dev.tandem.core.layer.Weight;
import dev.tandem.gan.step.LazyPenalty;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A run in files: core's checkpoint, with counters and settings beside it. */
final class RunFiles {

  private static final Logger LOG = LoggerFactory.getLogger(RunFiles.class);

  private static final String SETTING = "setting ";
  private static final String FORMAT = "settings format";
  private static final String DIGEST = "data digest";
  private static final String CHANGE = "change ";

  private RunFiles() {}

  /**
   * The state of a run besides arrays.
   *
   * @param counters of the run
   * @param position of the batch that comes next
   * @param changes of settings since the start of the run
   */
  record Restored(
      Counters counters, BatchPosition position, ImmutableList<SettingChange> changes) {}

  static Checkpoint checkpoint(AdversarialTrainer trainer) {
    Checkpoint checkpoint =
        Checkpoint.of(trainer.steps().discriminator(), trainer.steps().generator());
    for (LazyPenalty lazy : trainer.steps().lazy().values()) {
      checkpoint = checkpoint.with(lazy.trainer().model()); // its optimizer state is the other's
    }
    return trainer.average().map(checkpoint::with).orElse(checkpoint);
  }

  static RunState state(AdversarialTrainer trainer) {
    trainer.requireTogether();
    Counters counters = trainer.counters();
    RunState state =
        RunState.at(trainer.position())
            .with("rounds", counters.rounds())
            .with("discriminator steps", counters.discriminatorSteps())
            .with("generator steps", counters.generatorSteps())
            .with("penalty steps", counters.penaltySteps())
            .with("images", counters.images())
            .with(FORMAT, Settings.FORMAT)
            .with(DIGEST, trainer.digest());
    state = RunWorkers.of(trainer.recipe()).note(state);
    for (SettingChange change : trainer.changes()) {
      state = state.with(CHANGE + state.texts().size(), change.text());
    }
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
   * @param allowed what may differ
   * @return what does
   * @throws DataFileException if anything else does; lists it
   */
  static List<SettingDifference> requireSameSettings(
      AdversarialTraining recipe, List<DataSource> data, Path directory, Changes allowed) {
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
    List<SettingDifference> differences =
        new ArrayList<>(Settings.differences(settings(saved), now(format, recipe, data)));
    String digest = saved.texts().get(DIGEST);
    if (digest != null
        && differences.stream().noneMatch(difference -> difference.path().startsWith("data"))
        && !digest.equals(DataDigest.of(data))) {
      differences.add(
          new SettingDifference(
              "data", "digest " + digest, "digest " + DataDigest.of(data), false));
    }
    RunWorkers before = RunWorkers.of(saved, settings(saved));
    RunWorkers now = RunWorkers.of(recipe);
    requireFakes(recipe, before, now, directory);
    List<SettingDifference> refused =
        differences.stream()
            .filter(difference -> !allowed.allow(difference))
            .filter(one -> !one.path().equals(Settings.ACCUMULATION) || !now.makesStepsOf(before))
            .toList();
    if (!refused.isEmpty()) {
      throw new DataFileException(directory.toString(), refusal(refused, format));
    }
    return differences;
  }

  private static void requireFakes(
      AdversarialTraining recipe, RunWorkers before, RunWorkers now, Path directory) {
    if (recipe.schedule().reusedFakes() && now.ofAStep() > before.ofAStep()) {
      throw new DataFileException(
          directory.toString(),
          "holds the fakes of "
              + before.ofAStep()
              + " batches, which the next step of the discriminator takes, and "
              + now
              + " take "
              + now.ofAStep()
              + "; go on with "
              + before
              + ", or fewer. Nothing was loaded");
    }
  }

  private static String refusal(List<SettingDifference> refused, long format) {
    List<String> sound =
        refused.stream()
            .filter(SettingDifference::isSound)
            .map(SettingDifference::setting)
            .toList();
    return "was saved with other settings:"
        + SettingTable.of(refused)
        + (format == 1 && refused.stream().anyMatch(text -> text.was().contains("["))
            ? "\nIt is of an older version, which compared what classes print of themselves."
            : "")
        + (sound.isEmpty()
            ? ""
            : "\n"
                + String.join(", ", sound)
                + " may change where resume is given Changes.of(names) or Changes.sound().")
        + "\nNothing was loaded; resume with the settings of then, or start a new run";
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

  static Restored restore(
      AdversarialTrainer trainer, Path directory, List<SettingDifference> differences) {
    RunState saved = checkpoint(trainer).restore(directory);
    Counters counters =
        new Counters(
            saved.number("rounds"),
            saved.number("discriminator steps"),
            saved.number("generator steps"),
            saved.number("penalty steps"),
            saved.number("images"));
    ImmutableList.Builder<SettingChange> changes = ImmutableList.builder();
    saved.texts().entrySet().stream()
        .filter(text -> text.getKey().startsWith(CHANGE))
        .sorted(Comparator.comparingInt(text -> number(text.getKey())))
        .forEach(text -> changes.add(SettingChange.of(text.getValue())));
    workers(trainer, saved, directory, counters).forEach(changes::add);
    for (SettingDifference difference : differences) {
      SettingChange change =
          new SettingChange(
              counters.rounds(), difference.setting(), difference.was(), difference.is());
      if (difference.changesBits()) {
        LOG.warn("{}; bits from here on are others than they would have been", change);
      }
      changes.add(change);
    }
    return new Restored(counters, position(trainer, saved), changes.build());
  }

  /** Says what other workers than before change. */
  private static List<SettingChange> workers(
      AdversarialTrainer trainer, RunState saved, Path directory, Counters counters) {
    AdversarialTraining recipe = trainer.recipe();
    RunWorkers before = RunWorkers.of(saved, settings(saved));
    RunWorkers now = RunWorkers.of(recipe);
    boolean hasMemory =
        trainer.steps().discriminator().model().weights().stream()
            .anyMatch(weight -> weight.kind() == Weight.Kind.MEMORY);
    boolean isSame = before.count() == now.count() && before.exchange().equals(now.exchange());
    long samples = (long) recipe.batch() * recipe.pair().packing();
    OptionalInt rows = trainer.data().get(0).rows();
    if (recipe.workers().rank() == 0 && !isSame) {
      LOG.warn(
          "{}: {}",
          directory,
          now.changeFrom(
              before,
              samples,
              rows.isPresent()
                  ? OptionalInt.of((int) (rows.getAsInt() / samples))
                  : OptionalInt.empty(),
              hasMemory));
    }
    if (!before.isNoted() && before.batches() > 1 && hasMemory) {
      LOG.warn(
          "{}: was saved by a version whose batches of a step had one memory, and now each has its"
              + " own; that of batches 2 to {} begins empty",
          directory,
          before.batches());
    }
    return now.changesSince(before, counters.rounds());
  }

  private static int number(String key) {
    return Integer.parseInt(key.substring(CHANGE.length()));
  }

  /**
   * The batch that comes next, after as many samples of the epoch as were read in other batches.
   */
  private static BatchPosition position(AdversarialTrainer trainer, RunState saved) {
    BatchPosition then = saved.position().orElseThrow();
    AdversarialTraining recipe = trainer.recipe();
    long before = Long.parseLong(settings(saved).getOrDefault("batch", "" + recipe.batch()));
    if (before == recipe.batch()) {
      return then;
    }
    DataSource data = trainer.data().get(0);
    long batch = then.batch() * before / recipe.batch();
    if (data instanceof GeneratedSource) {
      return then; // batches of any size are counted alike
    }
    if (data.rows().isEmpty()) {
      return new BatchPosition(then.epoch(), (int) batch);
    }
    long perEpoch = data.rows().getAsInt() / ((long) recipe.batch() * recipe.pair().packing());
    return batch < perEpoch
        ? new BatchPosition(then.epoch(), (int) batch)
        : new BatchPosition(then.epoch() + 1, 0);
  }
}
