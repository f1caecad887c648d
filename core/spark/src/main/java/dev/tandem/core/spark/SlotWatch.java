package dev.tandem.core.spark;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/** Gives a run up whose workers are not all there in time: Spark itself would wait on. */
final class SlotWatch {

  private final SparkContext spark;
  private final SparkWorkers.Options options;
  private final DriverDesk desk;
  private final Consumer<String> cancel;
  private final Thread thread;
  private volatile @Nullable IllegalStateException missed;

  SlotWatch(
      JavaSparkContext spark,
      SparkWorkers.Options options,
      DriverDesk desk,
      Consumer<String> cancel) {
    this.spark = spark.sc();
    this.options = options;
    this.desk = desk;
    this.cancel = cancel;
    this.thread = new Thread(this::watch, "tandem-slots");
    thread.setDaemon(true);
  }

  /**
   * Waits until Spark has as many slots as workers, which it else looks for but every 15 seconds,
   * and begins to watch.
   *
   * @throws IllegalStateException if there are not enough in time
   */
  void start() {
    long end = System.nanoTime() + options.start().toNanos();
    while (slots() < options.count()) {
      if (System.nanoTime() > end) {
        throw late(
            options.count()
                + " workers need as many executors, and Spark has "
                + slots()
                + " for them after "
                + options.start().toSeconds()
                + " s");
      }
      try {
        Thread.sleep(100);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while waiting for executors", e);
      }
    }
    thread.start();
  }

  private int slots() {
    return spark.maxNumConcurrentTasks(spark.resourceProfileManager().defaultResourceProfile());
  }

  private void watch() {
    Duration longest = options.start();
    DriverDesk.Waiting waiting = desk.awaitAll(longest);
    if (waiting.isEmpty() || Thread.currentThread().isInterrupted()) {
      return;
    }
    String what =
        waiting.missing() > 0
            ? options.count()
                + " workers need as many free executors, and "
                + (options.count() - waiting.missing())
                + " have started"
            : String.join(", ", waiting.starting()) + " came and did not get ready";
    missed = late(what + " after " + longest.toSeconds() + " s");
    cancel.accept(what);
  }

  private static IllegalStateException late(String what) {
    return new IllegalStateException(
        what
            + "; start more or smaller executors, end other jobs of this application, or give more"
            + " time with starting(...)");
  }

  /** Why the run was given up, if it was. */
  Optional<IllegalStateException> missed() {
    return Optional.ofNullable(missed);
  }

  void stop() {
    thread.interrupt();
  }
}
