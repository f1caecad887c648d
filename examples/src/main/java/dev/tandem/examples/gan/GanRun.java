package dev.tandem.examples.gan;

import dev.tandem.core.data.DataFileException;
import dev.tandem.examples.cli.RunFolder;
import dev.tandem.gan.config.CheckpointSettings;
import dev.tandem.gan.config.Config;
import dev.tandem.gan.train.AdversarialTrainer;
import dev.tandem.gan.train.AdversarialTraining;
import dev.tandem.gan.train.Counters;
import dev.tandem.gan.train.RollingCheckpoints;
import dev.tandem.gan.train.Round;
import dev.tandem.gan.train.Watchdog;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One run: trains, and keeps pictures and checkpoints. The same settings give the same files, to
 * the bit, on the same machine; a run that is resumed ends where an uninterrupted one does.
 */
final class GanRun implements AutoCloseable {

  /**
   * How a run ended.
   *
   * @param last round
   * @param counters of what was done
   * @param samples the last picture
   * @param progress the animation
   * @param checkpoint the last one
   */
  record Result(Round last, Counters counters, Path samples, Path progress, Path checkpoint) {}

  private static final int PICTURES = 30;

  private final AdversarialTrainer trainer;
  private final GanData data;
  private final Config config;
  private final RunFolder folder;
  private final Path directory;

  private GanRun(AdversarialTrainer trainer, GanData data, Config config, RunFolder folder) {
    this.trainer = trainer;
    this.data = data;
    this.config = config;
    this.folder = folder;
    this.directory = folder.path();
  }

  /** A run in a folder, which is released if it does not come to one. */
  private static GanRun in(
      Path directory, GanData data, Config config, Supplier<AdversarialTrainer> trainer) {
    RunFolder folder = RunFolder.open(directory);
    try {
      return new GanRun(trainer.get(), data, config, folder);
    } catch (RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  private static Path checkpoints(Path directory) {
    return directory.resolve("checkpoints");
  }

  private static Optional<Path> latest(Path directory) {
    return RollingCheckpoints.in(checkpoints(directory), 1, 1).latest();
  }

  /**
   * A new run.
   *
   * @param asked what it was asked for
   * @throws DataFileException if the directory holds checkpoints of another one, or another one
   *     writes to it
   */
  static GanRun start(AdversarialTraining recipe, GanData data, Config asked, Path directory) {
    return in(
        directory,
        data,
        asked,
        () -> {
          requireNew(directory);
          AdversarialTrainer trainer = data.start(recipe);
          RunRecord.write(asked, List.of(), directory);
          return trainer;
        });
  }

  /**
   * A run that goes on from the last checkpoint of an earlier one.
   *
   * @param asked what it is asked for now
   * @param from the directory of the earlier run
   * @param directory of this run; the same or a new one
   * @throws DataFileException if there is no checkpoint, or one of settings that cannot change
   */
  static GanRun resume(
      AdversarialTraining recipe, GanData data, Config asked, Path from, Path directory) {
    return in(directory, data, asked, () -> resumed(recipe, data, asked, from, directory));
  }

  private static AdversarialTrainer resumed(
      AdversarialTraining recipe, GanData data, Config asked, Path from, Path directory) {
    if (!from.toAbsolutePath().normalize().equals(directory.toAbsolutePath().normalize())) {
      requireNew(directory);
    }
    Path checkpoint =
        latest(from)
            .orElseThrow(
                () ->
                    new DataFileException(
                        from.toString(),
                        "holds no checkpoint (checkpoints/step-…); give what was --out in an"
                            + " earlier run"));
    AdversarialTrainer trainer = data.resume(recipe, checkpoint);
    RunRecord.write(asked, trainer.changes(), directory);
    return trainer;
  }

  /** Refuses a directory that holds a run. */
  static void requireNew(Path directory) {
    Optional<Path> latest = latest(directory);
    if (latest.isPresent()) {
      throw new DataFileException(
          directory.toString(),
          "holds a run already, up to "
              + latest.get().getFileName()
              + "; go on with --resume "
              + directory
              + ", or give another --out");
    }
  }

  /** The rounds that were done before. */
  long done() {
    return trainer.counters().rounds();
  }

  /** What it trains. */
  AdversarialTrainer trainer() {
    return trainer;
  }

  /**
   * Trains. For one call.
   *
   * @param steps rounds in all, those of earlier runs included
   */
  Result train(String task, long steps, PrintWriter out) {
    CheckpointSettings saving = config.checkpoints();
    RollingCheckpoints checkpoints =
        RollingCheckpoints.in(checkpoints(directory), saving.keep(), saving.every());
    long interval = Math.max(1, steps / PICTURES);
    try (RunLog log = new RunLog(task, steps, done(), out);
        Album album = new Album(new Painter(data), interval, done(), directory)) {
      trainer.with(log).with(album).with(checkpoints).with(Watchdog.warning());
      Counters counters = trainer.train(steps - done()).counters();
      Path checkpoint = checkpoints.latest().orElseThrow();
      return new Result(log.last(), counters, album.samples(), album.progress(), checkpoint);
    }
  }

  @Override
  public void close() {
    trainer.close();
    folder.close();
  }
}
