package dev.tandem.core.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Spark was not told is said in one message, as it is typed. */
class ClusterChecksTest {

  private static SparkConf settings(String master, Map<String, String> more) {
    SparkConf settings = new SparkConf(false).set("spark.master", master);
    more.forEach(settings::set);
    return settings;
  }

  @Test
  void allThatIsMissing_isSaidInOneMessage() {
    SparkConf settings =
        settings(
            "yarn",
            Map.of(
                "spark.executor.cores", "4",
                "spark.dynamicAllocation.enabled", "true",
                "spark.executor.instances", "2",
                "spark.cores.max", "8"));
    assertThatThrownBy(() -> ClusterChecks.require(settings, 8))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("Spark must be told 6 things before 8 workers run:\n  --conf ")
        .hasMessageContaining("--conf spark.dynamicAllocation.enabled=false: ")
        .hasMessageContaining("--conf spark.task.cpus=4: it is 1, and spark.executor.cores is 4")
        .hasMessageContaining("--conf spark.executorEnv.OMP_NUM_THREADS=4: ")
        .hasMessageContaining("--conf spark.executor.memoryOverhead=SIZE: ")
        .hasMessageContaining("--conf spark.executor.instances=8: it is 2")
        .hasMessageContaining("--conf spark.cores.max=32: it is 8");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"yarn", "k8s://https://here", "spark://here:7077", "local-cluster[8,4,1]"})
  void allThatIsNeeded_isEnough(String master) {
    SparkConf settings =
        settings(
            master,
            Map.of(
                "spark.executor.cores", "4",
                "spark.task.cpus", "4",
                "spark.executorEnv.OMP_NUM_THREADS", "4",
                "spark.executor.memoryOverhead", "4g",
                "spark.executor.instances", "8"));
    assertThatCode(() -> ClusterChecks.require(settings, 8)).doesNotThrowAnyException();
  }

  @Test
  void threadsOfOneProcess_needNothing() {
    assertThat(ClusterChecks.wrong(settings("local[4]", Map.of()), 4)).isEmpty();
    assertThat(ClusterChecks.isLocal("local-cluster[2,1,1024]")).isFalse();
  }

  @Test
  void executorsOfAWholeMachine_areAskedForTheirCores() {
    assertThat(
            ClusterChecks.wrong(
                settings("spark://here:7077", Map.of("spark.executorEnv.OMP_NUM_THREADS", "all")),
                2))
        .hasSize(2)
        .anyMatch(line -> line.startsWith("--conf spark.executor.cores=N with N = spark.task.cpus"))
        .anyMatch(line -> line.contains("it is \"all\", which is no number"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.5.9", "2.4", "5.0.0", "unknown"})
  void otherSparks_areRefusedByTheirVersion(String version) {
    assertThatThrownBy(() -> ClusterChecks.requireVersion(version))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("this is Spark " + version + ", and workers need Spark 4.0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"4.0.4", "4.1.3", "4.2.0-preview1"})
  void sparksThatFit_areTaken(String version) {
    assertThatCode(() -> ClusterChecks.requireVersion(version)).doesNotThrowAnyException();
  }
}
