package dev.tandem.examples.gan;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.data.DataFileException;
import dev.tandem.core.op.Engine;
import dev.tandem.core.worker.Workers;
import dev.tandem.examples.cli.FlatSettings;
import dev.tandem.examples.cli.Interruption;
import dev.tandem.examples.cli.LogFile;
import dev.tandem.examples.cli.RunFolder;
import dev.tandem.gan.config.Config;
import dev.tandem.gan.data.ImageSet;
import dev.tandem.gan.metric.Score;
import dev.tandem.gan.train.AdversarialCallback;
import dev.tandem.gan.train.AdversarialTrainer;
import dev.tandem.gan.train.JsonlLog;
import dev.tandem.gan.train.Measuring;
import dev.tandem.gan.train.ModelsFile;
import dev.tandem.gan.train.Outcome;
import dev.tandem.gan.train.RollingCheckpoints;
import dev.tandem.gan.train.Round;
import dev.tandem.gan.train.TensorBoardLog;
import dev.tandem.gan.train.Watchdog;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
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
  private final PlannedRun planned;
  private final RunFolder folder;
  private final Path directory;
  private final LogFile words;

  private GanRun(AdversarialTrainer trainer, PlannedRun planned, RunFolder folder) {
    this.trainer = trainer;
    this.planned = planned;
    this.folder = folder;
    this.directory = folder.path();
    this.words = LogFile.open(directory.resolve("log.txt"));
  }

  /** A run in a folder, which is released if it does not come to one. */
  private static GanRun in(
      Path directory, PlannedRun planned, Supplier<AdversarialTrainer> trainer) {
    RunFolder folder = RunFolder.open(directory);
    try {
      return new GanRun(trainer.get(), planned, folder);
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
   * @throws DataFileException if the directory holds checkpoints of another one, or another one
   *     writes to it
   */
  static GanRun start(PlannedRun planned, Engine engine, Workers worker, Path directory) {
    return in(
        directory,
        planned,
        () -> {
          requireNew(directory);
          AdversarialTrainer trainer = planned.data().start(planned.recipe(worker).engine(engine));
          RunRecord.write(planned.config(), List.of(), directory);
          ModelsFile.write(trainer, directory.resolve(MODELS));
          return trainer;
        });
  }

  /**
   * A run that goes on from the last checkpoint of an earlier one.
   *
   * @param planned what it is asked for now
   * @param from the directory of the earlier run
   * @param directory of this run; the same or a new one
   * @throws DataFileException if there is no checkpoint, or one of settings that cannot change
   */
  static GanRun resume(
      PlannedRun planned, Engine engine, Workers worker, Path from, Path directory) {
    return in(directory, planned, () -> resumed(planned, engine, worker, from, directory));
  }

  private static AdversarialTrainer resumed(
      PlannedRun planned, Engine engine, Workers worker, Path from, Path directory) {
    if (!from.toAbsolutePath().normalize().equals(directory.toAbsolutePath().normalize())) {
      requireNew(directory);
    }
    AdversarialTrainer trainer =
        planned.data().resume(planned.recipe(worker).engine(engine), newest(from));
    RunRecord.write(planned.config(), trainer.changes(), directory);
    ModelsFile.write(trainer, directory.resolve(MODELS));
    return trainer;
  }

  /**
   * The last checkpoint of a run.
   *
   * @throws DataFileException if there is none
   */
  static Path newest(Path from) {
    return latest(from)
        .orElseThrow(
            () ->
                new DataFileException(
                    from.toString(),
                    "holds no checkpoint (checkpoints/step-…); give what was --out in an"
                        + " earlier run"));
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
   * Trains as long as was planned. For one call. Ends after the round in which an interruption
   * comes.
   *
   * @param judgment what measures by the options
   * @param out takes what is printed, by {@link #beside}
   */
  Result train(RunOptions options, Judgment judgment, Interruption interruption, PrintWriter out) {
    Config config = planned.config();
    long steps = config.budget().rounds();
    GeneratorWriter generator =
        new GeneratorWriter(
            trainer,
            planned.data().folder().map(ImageSet::classes).orElse(ImmutableList.of()),
            directory);
    RollingCheckpoints checkpoints =
        RollingCheckpoints.in(
                checkpoints(directory), config.checkpoints().keep(), config.checkpoints().every())
            .orEvery(options.saveTime())
            .with(generator)
            .goingOnWithout();
    long interval = Math.max(1, steps / PICTURES);
    try (RunLog log = new RunLog(config.name(), steps, done(), out);
        Album album = new Album(new Painter(planned.data()), interval, done(), directory)) {
      List<Measuring> measured = measured(judgment);
      trainer
          .with(stopAt(interruption))
          .with(checkpoints)
          .with(log)
          .with(numbers(options, measured));
      if (config.metrics().tensorboard()) {
        trainer.with(board(options, measured, Math.toIntExact(interval)));
      }
      trainer.with(album).with(Watchdog.warning());
      Outcome outcome = trainer.train(steps - done());
      return new Result(
          log.last(),
          outcome,
          album.samples(),
          album.progress(),
          checkpoints.latest().orElseThrow(),
          generator.folder());
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

  private List<Measuring> measured(Judgment judgment) {
    List<AskedMetric> metrics = planned.metrics().stream().filter(AskedMetric::isOnTheWay).toList();
    List<Measuring> all = new ArrayList<>();
    for (AskedMetric metric : metrics) {
      Measuring measuring =
          Measuring.of(
              judgment.name(metric),
              metric.every(),
              of -> {
                Score score =
                    judgment.measure(
                        metric, count -> Samples.asInData(of, planned.data(), count, of.seed()));
                words.note("round " + of.counters().rounds() + ": " + score);
                return score.value();
              });
      all.add(metric.equals(metrics.get(0)) ? keeping(measuring, metric) : measuring);
    }
    return all;
  }

  private JsonlLog numbers(RunOptions options, List<Measuring> measured) {
    JsonlLog log = JsonlLog.to(directory.resolve("metrics.jsonl")).every(options.logEvery());
    for (Measuring one : measured) {
      log = log.with(one);
    }
    return log;
  }

  private TensorBoardLog board(RunOptions options, List<Measuring> measured, int interval) {
    Painter painter = new Painter(planned.data());
    TensorBoardLog log =
        TensorBoardLog.in(directory.resolve("tensorboard"))
            .every(options.logEvery())
            .picturesEvery(interval)
            .painting(painter::paint)
            .settings(FlatSettings.of(planned.config().text()));
    for (Measuring one : measured) {
      log = log.with(one);
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
