package dev.tandem.core.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs of tasks that are threads of this process: all but what needs executors of their own. */
@Timeout(120)
class SparkWorkersTest {

  private static JavaSparkContext spark;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    spark = LocalSpark.start(4);
  }

  @AfterAll
  static void stop() {
    spark.close();
  }

  @Test
  void workers_leaveTheBitsOfOneProcessThatAccumulates() {
    List<String> heard = new ArrayList<>();
    List<LinkedHashMap<String, String>> all =
        SparkWorkers.of(spark)
            .count(3)
            .checkpoints("file://" + folder)
            .listening((rank, name, content) -> heard.add(rank + name))
            .call(new PointsRun(6, 2));
    LinkedHashMap<String, String> alone = PointsRun.alone(3, 6);
    all.forEach(one -> assertThat(one).isEqualTo(alone));
    assertThat(all).hasSize(3);
    assertThat(heard).hasSize(6).containsOnly("0losses.txt");
    assertThat(folder).isDirectoryContaining(path -> path.endsWith("step-000000006"));
  }

  @Test
  void runThatEnded_isNotMadeAgain() {
    SparkWorkers workers = SparkWorkers.of(spark).count(2).checkpoints("file://" + folder);
    List<LinkedHashMap<String, String>> all = workers.call(new PointsRun(4, 2));
    assertThat(workers.call(new PointsRun(4, 2))).isEqualTo(all);
    List<LinkedHashMap<String, String>> further = workers.call(new PointsRun(6, 2));
    further.forEach(one -> assertThat(one).isEqualTo(PointsRun.alone(2, 6)));
  }
}
