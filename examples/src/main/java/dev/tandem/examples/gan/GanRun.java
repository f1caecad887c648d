package dev.tandem.examples.gan;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.data.DataFileException;
import dev.tandem.examples.cli.Interruption;
import dev.tandem.examples.cli.LogFile;
import dev.tandem.examples.cli.RunFolder;
import dev.tandem.gan.config.Config;
import dev.tandem.gan.metric.Score;
import dev.tandem.gan.train.AdversarialCallback;
import dev.tandem.gan.train.AdversarialTrainer;
import dev.tandem.gan.train.AdversarialTraining;
import dev.tandem.gan.train.JsonlLog;
import dev.tandem.gan.train.Measuring;
import dev.tandem.gan.train.ModelsFile;
import dev.tandem.gan.train.Outcome;
import dev.tandem.gan.train.RollingCheckpoints;
import dev.tandem.gan.train.Round;
import dev.tandem.gan.train.Watchdog;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One run: trains, and keeps pictures, checkpoints, numbers, words and the generator in its folder.
 * The same settings give the same files, to the bit, on the same machine, but for times; a run that
 * is resumed ends where an uninterrupted one does.
 */
final class GanRun implements AutoCloseable {

  /**
   * How a run ended.
   *
   * @param last round; empty if there was none
   * @param outcome of the training
   * @param samples the last picture
   * @param progress the animation
   * @param checkpoint the last one
   * @param generator the folder of the model
   */
  record Result(
      Optional<Round> last,
      Outcome outcome,
      Path samples,
      Path progress,
      Path checkpoint,
      Path generator) {}

  private static final int PICTURES = 30;
  private static final String MODELS = "models.json";

  private final AdversarialTrainer trainer;
  private final GanData data;
  private final Config config;
  private final RunFolder folder;
  private final Path directory;
  private final LogFile words;

  private GanRun(AdversarialTrainer trainer, GanData data, Config config, RunFolder folder) {
    this.trainer = trainer;
    this.data = data;
    this.config = config;
    this.folder = folder;
    this.directory = folder.path();
    this.words = LogFile.open(directory.resolve("log.txt"));
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
          ModelsFile.write(trainer, directory.resolve(MODELS));
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
    ModelsFile.write(trainer, directory.resolve(MODELS));
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

  /** Where its files are. */
  Path directory() {
    return directory;
  }

  /** Adds a line to the log of the folder alone. */
  void note(String line) {
    words.note(line);
  }

  /** Prints to a writer and to the log of the folder. */
  PrintWriter beside(PrintWriter out) {
    return words.beside(out);
  }

  /**
   * Trains. For one call. Ends after the round in which an interruption comes.
   *
   * @param steps rounds in all, those of earlier runs included
   * @param judgment what measures by the options
   * @param out takes what is printed, by {@link #beside}
   */
  Result train(
      String task,
      long steps,
      RunOptions options,
      Judgment judgment,
      Interruption interruption,
      PrintWriter out) {
    RollingCheckpoints checkpoints =
        RollingCheckpoints.in(
                checkpoints(directory), config.checkpoints().keep(), config.checkpoints().every())
            .orEvery(options.saveTime())
            .goingOnWithout();
    long interval = Math.max(1, steps / PICTURES);
    try (RunLog log = new RunLog(task, steps, done(), out);
        Album album = new Album(new Painter(data), interval, done(), directory)) {
      trainer
          .with(stopAt(interruption))
          .with(checkpoints)
          .with(log)
          .with(numbers(options, judgment))
          .with(album)
          .with(Watchdog.warning());
      Outcome outcome = trainer.train(steps - done());
      return new Result(
          log.last(),
          outcome,
          album.samples(),
          album.progress(),
          checkpoints.latest().orElseThrow(),
          GeneratorFile.save(trainer, directory));
    }
  }

  private static AdversarialCallback stopAt(Interruption interruption) {
    return new AdversarialCallback() {
      @Override
      public void onStart(AdversarialTrainer trainer) {
        interruption.signal().ifPresent(trainer::stop);
      }

      @Override
      public void onRound(AdversarialTrainer trainer, Round round) {
        interruption.signal().ifPresent(trainer::stop);
      }
    };
  }

  private JsonlLog numbers(RunOptions options, Judgment judgment) {
    JsonlLog log = JsonlLog.to(directory.resolve("metrics.jsonl")).every(options.logEvery());
    ImmutableList<AskedMetric> metrics = AskedMetric.of(config.metrics());
    for (AskedMetric metric : metrics) {
      Measuring measuring =
          Measuring.of(
              Judgment.name(data, metric),
              metric.every(),
              of -> {
                Score score =
                    judgment.measure(metric, count -> Samples.asInData(of, data, count, of.seed()));
                words.note("round " + of.counters().rounds() + ": " + score);
                return score.value();
              });
      log = log.with(metric.equals(metrics.get(0)) ? keeping(measuring, metric) : measuring);
    }
    return log;
  }

  private Measuring keeping(Measuring measuring, AskedMetric metric) {
    Path best = directory.resolve("best");
    return metric.kind().isBetterHigher()
        ? measuring.keepingHighest(best)
        : measuring.keepingLowest(best);
  }

  @Override
  public void close() {
    trainer.close();
    words.close();
    folder.close();
  }
}
