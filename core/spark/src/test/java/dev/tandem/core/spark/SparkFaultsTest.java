package dev.tandem.core.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.data.DataFileException;
import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.loss.Losses;
import dev.tandem.core.model.Model;
import dev.tandem.core.optimizer.Sgd;
import dev.tandem.core.train.Examples;
import dev.tandem.core.train.NonFiniteException;
import dev.tandem.core.train.Trainer;
import dev.tandem.core.train.Training;
import dev.tandem.core.worker.WorkerException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.factory.Nd4j;

/** Each fault is an error at the driver that names it, within a bound. */
@Timeout(120)
class SparkFaultsTest {

  private static JavaSparkContext spark;

  @TempDir Path folder;
  private final List<String> heard = Collections.synchronizedList(new ArrayList<>());

  @BeforeAll
  static void start() {
    spark = LocalSpark.start(4);
  }

  @AfterAll
  static void stop() {
    spark.close();
  }

  private SparkWorkers workers() {
    return SparkWorkers.of(spark)
        .count(2)
        .patience(Duration.ofSeconds(20))
        .listening((rank, name, content) -> heard.add(rank + name));
  }

  private SparkWorkers checkpointed() {
    return workers().checkpoints("file://" + folder + "/run");
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> assertEnds(
      SparkWorkers workers, SparkProgram.Run program) {
    return assertThatThrownBy(() -> workers.run(program));
  }

  private static float meanOf(SparkWorker worker, float number) {
    float[] numbers = {number};
    worker.mean(numbers, new double[0], 1);
    return numbers[0];
  }

  @Test
  void errorOfTheProgram_isNamedWithItsWorkerAndEndsTheRun() {
    assertEnds(
            checkpointed(),
            worker -> {
              worker.tell("here", "");
              float both = meanOf(worker, 1); // both have told the driver now
              if (worker.rank() == 1) {
                throw new IllegalArgumentException("a wrong number");
              }
              float unused = meanOf(worker, both);
            })
        .isInstanceOf(WorkerException.class)
        .hasMessageStartingWith("worker 1 of 2 (")
        .hasMessageContaining(") failed: java.lang.IllegalArgumentException: a wrong number")
        .hasMessageContaining("; there is no checkpoint in file:/")
        .hasCauseInstanceOf(IllegalArgumentException.class)
        .extracting(e -> ((WorkerException) e).rank())
        .isEqualTo(1);
    assertThat(heard).containsExactlyInAnyOrder("0here", "1here");
  }

  /** A step on numbers of one worker. */
  private static double step(SparkWorker worker, long seed, float number) {
    Model model = Model.sequential("net", Input.of("x", 1), Dense.units(1).named("y"));
    Training recipe =
        Training.with(Sgd.rate(0.1)).loss(Losses.meanSquaredError()).seed(seed).over(worker);
    try (Trainer trainer = model.compile(recipe)) {
      return trainer
          .trainOnBatch(Examples.of(Nd4j.scalar(number).reshape(1, 1), Nd4j.ones(1, 1)))
          .loss();
    }
  }

  @Test
  void notANumberOnOneWorker_isNamedWithItsRank() {
    assertEnds(
            workers(),
            worker -> {
              double unused = step(worker, 1, worker.rank() == 1 ? Float.NaN : 1);
            })
        .isInstanceOf(WorkerException.class)
        .hasMessageStartingWith("worker 1 of 2 (")
        .hasMessageContaining("no checkpoints are kept: give a folder with checkpoints(...)")
        .hasCauseInstanceOf(NonFiniteException.class);
  }

  @Test
  void unequalSeeds_areNamed() {
    assertEnds(
            workers(),
            worker -> {
              double unused = step(worker, worker.rank(), 1);
            })
        .isInstanceOf(WorkerException.class)
        .hasMessageContaining("worker 1 has seed 1, and worker 0 seed 0");
  }

  @Test
  void workerThatHangs_isNamedWhenTwoRunsCameNoFurther() {
    assertEnds(
            checkpointed().patience(Duration.ofSeconds(3)),
            worker -> {
              worker.tell("here", "");
              float both = meanOf(worker, 1); // both have told the driver now
              if (worker.rank() == 1) {
                Thread.sleep(60_000);
              }
              float unused = meanOf(worker, both);
            })
        .isInstanceOf(WorkerException.class)
        .hasMessageStartingWith("worker 1 of 2 (")
        .hasMessageContaining("has not sent a mean for 3 s")
        .hasMessageContaining("2 runs in a row came no further");
    assertThat(heard).hasSize(4);
  }

  @Test
  void tooFewExecutors_areNamed() {
    assertEnds(workers().count(9).starting(Duration.ofSeconds(1)), worker -> {})
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(
            "9 workers need as many executors, and Spark has 4 for them after 1 s");
  }

  @Test
  void executorsOfOtherJobs_areWaitedForAndThenNamed() throws Exception {
    spark.setJobGroup("other", "a job that takes three of four threads", true);
    JavaFutureAction<Void> other =
        spark.parallelize(List.of(1, 2, 3), 3).foreachAsync(one -> Thread.sleep(60_000));
    try {
      assertEnds(workers().starting(Duration.ofSeconds(2)), worker -> {})
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("2 workers need as many free executors, and 0 have started");
    } finally {
      spark.cancelJobGroup("other");
      assertThatThrownBy(other::get).isInstanceOf(ExecutionException.class);
    }
  }

  @Test
  void folderThatCannotBeReached_isNamedBeforeWorkersStart() {
    assertEnds(workers().checkpoints("nosuch://host/run"), worker -> {})
        .isInstanceOf(DataFileException.class)
        .hasMessageContaining("nosuch://host/run: cannot be written (");
  }

  @Test
  void diskThatIsFull_isNamedAndWhatIsThereIsWhole() {
    spark.hadoopConfiguration().set("fs.full.impl", FullDisk.class.getName());
    assertEnds(
            workers().checkpoints("full://" + folder),
            worker -> new PointsRun(8, 2).train(worker, (same, round) -> {}))
        .isInstanceOf(WorkerException.class)
        .hasMessageStartingWith("worker 0 of 2 (")
        .hasMessageContaining("step-000000004: cannot be written (")
        .hasMessageContaining("No space left on device")
        .hasMessageContaining("2 runs in a row came no further; the newest checkpoint, ")
        .hasMessageContaining("/step-000000002, is whole");
    assertThat(folder).isDirectoryNotContaining(path -> path.toString().contains("000000004"));
  }

  @Test
  void listenerThatFails_endsTheRunWithItsError() {
    assertEnds(
            workers()
                .listening(
                    (rank, name, content) -> {
                      throw new ArithmeticException("of the listener");
                    }),
            worker -> worker.tell("losses", "1"))
        .isInstanceOf(ArithmeticException.class)
        .hasMessage("of the listener");
  }

  @Test
  void programThatHoldsWhatCannotBeSent_isRefused() {
    Object mine = new Object();
    assertEnds(workers(), worker -> worker.tell("here", mine.toString()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the program cannot be sent to workers: it holds java.lang.Object")
        .hasMessageContaining("not Serializable");
    assertEnds(SparkWorkers.of(spark), worker -> {}).hasMessageContaining("say count(...)");
  }
}
