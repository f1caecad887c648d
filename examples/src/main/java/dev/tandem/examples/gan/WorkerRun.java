package dev.tandem.examples.gan;

import com.google.common.collect.ImmutableList;
import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import dev.tandem.core.data.DataFileException;
import dev.tandem.core.io.CheckpointSeries;
import dev.tandem.core.worker.Workers;
import dev.tandem.examples.cli.DeviceChoice;
import dev.tandem.gan.config.Config;
import dev.tandem.gan.data.ImageSet;
import dev.tandem.gan.train.AdversarialTrainer;
import dev.tandem.gan.train.AdversarialTraining;
import dev.tandem.gan.train.RollingCheckpoints;
import dev.tandem.gan.train.Watchdog;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What each worker of a run does, wherever workers are: it reads the data, and trains. The first
 * one tells of it.
 *
 * @param config all settings of the run
 * @param worker that this is
 * @param newest the checkpoint to go on from, if there is one
 * @param checkpoints takes those of the run
 * @param logEvery rounds between two lines of numbers
 * @param listener hears of the first worker what becomes the folder of the run
 */
public record WorkerRun(
    Config config,
    Workers worker,
    Optional<Path> newest,
    CheckpointSeries checkpoints,
    int logEvery,
    Listener listener) {

  /** Hears what a worker tells. */
  @FunctionalInterface
  public interface Listener {

    /**
     * A message.
     *
     * @param name a path in the folder of the run, or one of {@link RunDesk}
     */
    void tell(String name, byte[] content);
  }

  private static final int PICTURES = 30;

  /** Trains to the end of the budget. */
  public void train() {
    Path folder = temporary();
    try (PictureReading reading =
        PictureReading.keeping(
            folder, !PictureReading.translates(config), new PrintWriter(new StringWriter()))) {
      GanData data = GanData.named(config.data(), PlannedRun.seed(config), reading);
      train(PlannedRun.of(data, config, reading), folder);
    } finally {
      delete(folder);
    }
  }

  private void train(PlannedRun planned, Path folder) {
    AdversarialTraining recipe =
        planned.recipe().engine(DeviceChoice.asked(config.device()).engine()).over(worker);
    try (AdversarialTrainer trainer = planned.data().start(recipe)) {
      newest.ifPresent(trainer::restore);
      RollingCheckpoints saved = RollingCheckpoints.in(checkpoints, config.checkpoints().every());
      long steps = config.budget().rounds();
      long done = trainer.counters().rounds();
      if (worker.rank() == 0) {
        GeneratorWriter generator =
            new GeneratorWriter(
                trainer,
                planned.data().folder().map(ImageSet::classes).orElse(ImmutableList.of()),
                folder);
        RunTelling telling =
            new RunTelling(
                planned, folder, generator, Math.max(1, steps / PICTURES), logEvery, listener);
        saved = saved.with(telling::generator);
        telling.begin(trainer);
        trainer.with(saved).with(telling);
      } else {
        trainer.with(saved);
      }
      trainer.with(Watchdog.warning());
      trainer.train(Math.max(0, steps - done));
    }
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("tandem-worker");
    } catch (IOException e) {
      throw new DataFileException(
          System.getProperty("java.io.tmpdir"), "cannot be written to (" + e + ")", e);
    }
  }

  private static void delete(Path folder) {
    try {
      MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
    } catch (IOException e) {
      throw new DataFileException(folder.toString(), "cannot be deleted (" + e + ")", e);
    }
  }
}
