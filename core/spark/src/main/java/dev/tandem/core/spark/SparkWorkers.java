package dev.tandem.core.spark;

import com.google.common.collect.ImmutableList;
import java.io.Serializable;
import java.time.Duration;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/**
 * Workers that are tasks of a Spark cluster. Each runs the same program, as those of {@link
 * dev.tandem.core.worker.Workers#threads} do, with an executor for itself; they exchange numbers
 * from executor to executor.
 *
 * <pre>{@code
 * SparkWorkers.of(spark).count(8).checkpoints("hdfs:///runs/7").run(worker -> {
 *   Dataset data = Digits.read("/data/digits");
 *   try (AdversarialTrainer trainer = recipe().over(worker).start(data)) {
 *     worker.newest().ifPresent(trainer::restore);
 *     trainer.with(RollingCheckpoints.in(worker.checkpoints(), 1_000));
 *     trainer.train(100_000 - trainer.counters().rounds());
 *   }
 * });
 * }</pre>
 *
 * <p>When a worker is lost, all end, and run again from the newest checkpoint, as long as there is
 * progress: two runs in a row that leave no newer checkpoint are the end. An error of the program
 * itself is the end at once: all runs are equal, so it would come again.
 */
public final class SparkWorkers {

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration START = Duration.ofMinutes(5);
  private static final int KEPT = 3;

  /**
   * What a run is told.
   *
   * @param count 0 if it was not said
   */
  record Options(
      int count,
      @Nullable String checkpoints,
      int kept,
      Duration patience,
      Duration start,
      FromWorkers listener) {}

  private final JavaSparkContext spark;
  private final Options options;

  private SparkWorkers(JavaSparkContext spark, Options options) {
    this.spark = spark;
    this.options = options;
  }

  /**
   * Workers on a cluster.
   *
   * @throws IllegalStateException if it is a Spark before 4.0
   */
  public static SparkWorkers of(JavaSparkContext spark) {
    ClusterChecks.requireVersion(spark.version());
    Options options = new Options(0, null, KEPT, PATIENCE, START, (rank, name, content) -> {});
    return new SparkWorkers(spark, options);
  }

  /**
   * Workers on a cluster.
   *
   * @throws IllegalStateException if it is a Spark before 4.0
   */
  public static SparkWorkers of(SparkContext spark) {
    return of(new JavaSparkContext(spark));
  }

  /**
   * How many: as many executors as this many must be there.
   *
   * @throws IllegalArgumentException if it is less than 1
   */
  public SparkWorkers count(int workers) {
    if (workers < 1) {
      throw new IllegalArgumentException("number of workers is not at least 1: " + workers);
    }
    return with(
        new Options(
            workers,
            options.checkpoints,
            options.kept,
            options.patience,
            options.start,
            options.listener));
  }

  /**
   * The folder of the run's checkpoints, of any file system that Spark knows: of {@code hdfs:},
   * {@code s3a:}, or of {@code file:} if all machines see the same. A run goes on from the newest
   * one in it. Without a folder there are none, and a run that loses a worker is over.
   */
  public SparkWorkers checkpoints(String folder) {
    return with(
        new Options(
            options.count,
            folder,
            options.kept,
            options.patience,
            options.start,
            options.listener));
  }

  /**
   * How many checkpoints stay in the folder when one more is written: {@value #KEPT} if it is not
   * said.
   *
   * @throws IllegalArgumentException if it is less than 1
   */
  public SparkWorkers keeping(int checkpoints) {
    if (checkpoints < 1) {
      throw new IllegalArgumentException(
          "number of kept checkpoints is not at least 1: " + checkpoints);
    }
    return with(
        new Options(
            options.count,
            options.checkpoints,
            checkpoints,
            options.patience,
            options.start,
            options.listener));
  }

  /**
   * How long a worker waits for another, in a step and while that one copies a checkpoint, before
   * it takes it for lost: 5 minutes if it is not said.
   *
   * @throws IllegalArgumentException if it is less than a second
   */
  public SparkWorkers patience(Duration longest) {
    return with(
        new Options(
            options.count,
            options.checkpoints,
            options.kept,
            atLeastSecond(longest),
            options.start,
            options.listener));
  }

  /**
   * How long all workers may take to be there, free executors and sent jars included, before the
   * run is given up: 5 minutes if it is not said.
   *
   * @throws IllegalArgumentException if it is less than a second
   */
  public SparkWorkers starting(Duration longest) {
    return with(
        new Options(
            options.count,
            options.checkpoints,
            options.kept,
            options.patience,
            atLeastSecond(longest),
            options.listener));
  }

  private static Duration atLeastSecond(Duration duration) {
    if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("is not at least a second: " + duration);
    }
    return duration;
  }

  /** Hears at the driver, while workers run, what they {@linkplain SparkWorker#tell tell}. */
  public SparkWorkers listening(FromWorkers listener) {
    return with(
        new Options(
            options.count,
            options.checkpoints,
            options.kept,
            options.patience,
            options.start,
            listener));
  }

  private SparkWorkers with(Options changed) {
    return new SparkWorkers(spark, changed);
  }

  /**
   * Runs a program on every worker and waits for all.
   *
   * @throws dev.tandem.core.worker.WorkerException if a worker failed or was lost, and no further
   *     run would do better; with the worker's rank
   * @throws IllegalStateException if Spark is not told what workers need, or they cannot start
   * @throws dev.tandem.core.data.DataFileException if the folder of checkpoints cannot be written
   */
  public void run(SparkProgram.Run program) {
    call(
        worker -> {
          program.run(worker);
          return worker.rank();
        });
  }

  /**
   * Runs a program on every worker and waits for all.
   *
   * @return what each gives, in the order of ranks
   * @throws dev.tandem.core.worker.WorkerException if a worker failed or was lost, and no further
   *     run would do better; with the worker's rank
   * @throws IllegalStateException if Spark is not told what workers need, or they cannot start
   * @throws dev.tandem.core.data.DataFileException if the folder of checkpoints cannot be written
   */
  public <T extends Serializable> ImmutableList<T> call(SparkProgram<T> program) {
    if (options.count == 0) {
      throw new IllegalStateException("the number of workers is not said; say count(...)");
    }
    ClusterChecks.require(spark.getConf(), options.count);
    return new DriverLoop(spark, options).call(program);
  }
}
