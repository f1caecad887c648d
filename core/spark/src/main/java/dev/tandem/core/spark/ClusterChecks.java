package dev.tandem.core.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkConf;

/** What Spark must have been told before workers start; a pure function of its settings. */
final class ClusterChecks {

  private static final int OLDEST = 4;

  private ClusterChecks() {}

  /**
   * Refuses a Spark that this library cannot run on.
   *
   * @throws IllegalStateException if it is one
   */
  static void requireVersion(String version) {
    int dot = version.indexOf('.');
    int major;
    try {
      major = Integer.parseInt(dot < 0 ? version : version.substring(0, dot));
    } catch (NumberFormatException e) {
      major = 0;
    }
    if (major != OLDEST) {
      throw new IllegalStateException(
          "this is Spark "
              + version
              + ", and workers need Spark 4.0 or a later 4: older ones bring a Guava that has not"
              + " what Tandem calls; take spark-core_2.13 and a cluster of 4.0, 4.1 or 4.2");
    }
  }

  /**
   * Refuses settings with which workers could not start, or would be in each other's way.
   *
   * @param settings of the context, with its master
   * @throws IllegalStateException that names all of them, and what to set
   */
  static void require(SparkConf settings, int workers) {
    List<String> wrong = wrong(settings, workers);
    if (!wrong.isEmpty()) {
      throw new IllegalStateException(
          "Spark must be told "
              + (wrong.size() == 1 ? "one thing" : wrong.size() + " things")
              + " before "
              + workers
              + (workers == 1 ? " worker runs" : " workers run")
              + ":\n  "
              + String.join("\n  ", wrong));
    }
  }

  static List<String> wrong(SparkConf settings, int workers) {
    List<String> wrong = new ArrayList<>();
    String master = settings.get("spark.master", "");
    int perTask = settings.getInt("spark.task.cpus", 1);
    if (settings.getBoolean("spark.dynamicAllocation.enabled", false)) {
      wrong.add(
          "--conf spark.dynamicAllocation.enabled=false: workers start together, and each stays"
              + " where it is");
    }
    if (isLocal(master)) {
      return wrong;
    }
    Optional<Integer> cores = cores(settings, master);
    if (cores.isEmpty()) {
      wrong.add(
          "--conf spark.executor.cores=N with N = spark.task.cpus ("
              + perTask
              + "): this master gives an executor all cores of a machine, and a worker takes one"
              + " executor");
    } else if (cores.get() != perTask) {
      wrong.add(
          "--conf spark.task.cpus="
              + cores.get()
              + ": it is "
              + perTask
              + ", and spark.executor.cores is "
              + cores.get()
              + ", so that "
              + cores.get() / Math.max(1, perTask)
              + " workers would share the memory of one process");
    }
    int cpus = cores.orElse(perTask);
    threads(settings, cpus).ifPresent(wrong::add);
    if (isWithOverhead(master)
        && !settings.contains("spark.executor.memoryOverhead")
        && !settings.contains("spark.executor.memoryOverheadFactor")) {
      wrong.add(
          "--conf spark.executor.memoryOverhead=SIZE: ND4J keeps arrays outside of the heap, as"
              + " much as spark.executor.memory at most; else the container is killed");
    }
    executors(settings, workers).ifPresent(wrong::add);
    cores(settings, workers, cpus).ifPresent(wrong::add);
    return wrong;
  }

  /** Threads that are all of this process. */
  static boolean isLocal(String master) {
    return master.equals("local") || master.startsWith("local[");
  }

  private static boolean isWithOverhead(String master) {
    return master.startsWith("yarn") || master.startsWith("k8s");
  }

  private static Optional<Integer> cores(SparkConf settings, String master) {
    if (settings.contains("spark.executor.cores")) {
      return Optional.of(settings.getInt("spark.executor.cores", 1));
    }
    if (master.startsWith("local-cluster[")) {
      String[] parts = master.replaceAll("[^0-9,]", "").split(",", -1);
      return Optional.of(Integer.parseInt(parts[1]));
    }
    return isWithOverhead(master) ? Optional.of(1) : Optional.empty();
  }

  private static Optional<String> threads(SparkConf settings, int cpus) {
    String name = "spark.executorEnv.OMP_NUM_THREADS";
    String told = settings.get(name, "");
    String set = "--conf " + name + "=" + cpus + ": ";
    if (told.isEmpty()) {
      return Optional.of(set + "else each worker takes all cores of its machine");
    }
    int threads;
    try {
      threads = Integer.parseInt(told.trim());
    } catch (NumberFormatException e) {
      return Optional.of(set + "it is \"" + told + "\", which is no number");
    }
    return threads >= 1 && threads <= cpus
        ? Optional.empty()
        : Optional.of(set + "it is " + threads + ", and a worker has " + cpus + " cores");
  }

  private static Optional<String> executors(SparkConf settings, int workers) {
    String name = "spark.executor.instances";
    int executors = settings.getInt(name, workers);
    return executors >= workers
        ? Optional.empty()
        : Optional.of(
            "--conf "
                + name
                + "="
                + workers
                + ": it is "
                + executors
                + ", and each worker takes one executor");
  }

  private static Optional<String> cores(SparkConf settings, int workers, int cpus) {
    long all = (long) workers * cpus;
    long most = settings.getLong("spark.cores.max", all);
    return most >= all
        ? Optional.empty()
        : Optional.of(
            "--conf spark.cores.max="
                + all
                + ": it is "
                + most
                + ", and "
                + workers
                + " workers take "
                + cpus
                + " each");
  }
}
