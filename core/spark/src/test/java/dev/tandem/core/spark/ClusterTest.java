package dev.tandem.core.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs on executors that are processes, with a secret and encryption; they start slowly. */
@Tag("cluster")
@Timeout(300)
class ClusterTest {

  private static JavaSparkContext spark;
  private static LinkedHashMap<String, String> alone;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    alone = PointsRun.alone(2, 9);
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    spark =
        new JavaSparkContext(
            new SparkConf(false)
                .setMaster("local-cluster[2,1,1024]")
                .setAppName("workers")
                .set("spark.ui.enabled", "false")
                .set("spark.driver.host", "localhost")
                .set("spark.driver.bindAddress", "127.0.0.1")
                // what Spark's scripts else look for in a distribution
                .set("spark.executorEnv.SPARK_SCALA_VERSION", "2.13")
                .set("spark.executorEnv.SPARK_SQL_TESTING", "1")
                .set("spark.executor.extraClassPath", classPath)
                .set("spark.executor.memory", "512m")
                .set(
                    "spark.executor.extraJavaOptions",
                    "-XX:+UseSerialGC"
                        + " -Dslf4j.provider=org.apache.logging.slf4j.SLF4JServiceProvider"
                        + " -Dorg.bytedeco.javacpp.maxbytes=1g"
                        + " -Dorg.bytedeco.javacpp.maxphysicalbytes=4g")
                .set("spark.executorEnv.OMP_NUM_THREADS", "1")
                .set("spark.authenticate", "true")
                .set("spark.authenticate.secret", "a secret of this test")
                .set("spark.network.crypto.enabled", "true")
                // a process that hangs is replaced after seconds
                .set("spark.executor.heartbeatInterval", "1s")
                .set("spark.network.timeout", "10s")
                .set("spark.network.timeoutInterval", "2s"));
  }

  @AfterAll
  static void stop() {
    spark.close();
  }

  private SparkWorkers workers() {
    return SparkWorkers.of(spark)
        .count(2)
        .checkpoints("file://" + folder)
        .patience(Duration.ofSeconds(8))
        .starting(Duration.ofMinutes(3));
  }

  private static void assertEqual(List<LinkedHashMap<String, String>> all) {
    assertThat(all).hasSize(2);
    all.forEach(one -> assertThat(one).isEqualTo(alone));
  }

  @Test
  void executors_leaveTheBitsOfOneProcess() {
    assertEqual(workers().call(new PointsRun(9, 3)));
  }

  /** Sends its own process a signal in the sixth round of the first run. */
  private static SparkProgram<LinkedHashMap<String, String>> signalled(String signal) {
    return worker ->
        new PointsRun(9, 2)
            .train(
                worker,
                (same, round) -> {
                  if (round == 5 && same.rank() == 1 && same.newest().isEmpty()) {
                    int unused =
                        new ProcessBuilder("kill", signal, "" + ProcessHandle.current().pid())
                            .start()
                            .waitFor();
                    Thread.sleep(100);
                  }
                });
  }

  @Test
  void killedExecutor_isReplacedAndTheRunEndsEqualToTheBit() {
    assertEqual(workers().call(signalled("-KILL")));
  }

  @Test
  void hangingExecutor_isReplacedAndTheRunEndsEqualToTheBit() {
    assertEqual(workers().call(signalled("-STOP")));
  }
}
