package dev.tandem.core.spark;

import com.google.common.base.Throwables;
import com.google.common.collect.ImmutableList;
import dev.tandem.core.data.DataFileException;
import dev.tandem.core.worker.WorkerException;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs workers, and again from the newest checkpoint after a loss, while there is progress. */
final class DriverLoop {

  private static final Logger LOG = LoggerFactory.getLogger(DriverLoop.class);

  /** Runs in a row without a newer checkpoint, after which there are no more. */
  private static final int VAIN = 2;

  /** What workers say of a loss comes about when Spark says that the stage has failed. */
  private static final Duration REPORTS = Duration.ofSeconds(5);

  private final JavaSparkContext spark;
  private final SparkWorkers.Options options;
  private final Optional<CheckpointFolder> folder;

  DriverLoop(JavaSparkContext spark, SparkWorkers.Options options) {
    this.spark = spark;
    this.options = options;
    this.folder =
        Optional.ofNullable(options.checkpoints())
            .map(place -> new CheckpointFolder(place, spark.hadoopConfiguration(), options.kept()));
  }

  <T extends Serializable> ImmutableList<T> call(SparkProgram<T> program) {
    requireSendable(program);
    Optional<String> newest =
        within(
            () -> {
              folder.ifPresent(CheckpointFolder::requireWritable);
              return newest();
            });
    int vain = 0;
    while (true) {
      OneRun<T> run = new OneRun<>(program, newest);
      try {
        return run.call();
      } catch (RuntimeException error) {
        Optional<Failure> failure = run.failure;
        if (failure.isEmpty()) {
          throw error; // not of workers: canceled, or Spark is at its end
        }
        if (run.ofListener.isPresent()) {
          throw run.ofListener.get();
        }
        Optional<String> now = within(this::newest);
        vain = now.equals(newest) ? vain + 1 : 0;
        if (!failure.get().again() || folder.isEmpty() || vain == VAIN) {
          throw ended(failure.get(), error, now, vain);
        }
        LOG.warn(
            "{}; run again from {}",
            failure.get().message(),
            now.isPresent() ? folder.get() + "/" + now.get() : "the start");
        newest = now;
      }
    }
  }

  private static void requireSendable(SparkProgram<?> program) {
    try (ObjectOutputStream out = new ObjectOutputStream(OutputStream.nullOutputStream())) {
      out.writeObject(program);
    } catch (NotSerializableException e) {
      throw new IllegalArgumentException(
          "the program cannot be sent to workers: it holds "
              + e.getMessage()
              + ", which is not Serializable; let it hold names and numbers, and make data, models"
              + " and trainers in the program",
          e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<String> newest() {
    return folder.flatMap(CheckpointFolder::newest);
  }

  /** File systems that cannot be reached answer late or never. */
  private <T> T within(Supplier<T> look) {
    CompletableFuture<T> found = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                found.complete(look.get());
              } catch (Throwable e) {
                found.completeExceptionally(e);
              }
            },
            "tandem-checkpoints");
    thread.setDaemon(true);
    thread.start();
    try {
      return found.get(options.start().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
      Throwables.throwIfUnchecked(cause);
      throw new IllegalStateException(cause);
    } catch (TimeoutException e) {
      throw new DataFileException(
          String.valueOf(options.checkpoints()),
          "does not answer for "
              + options.start().toSeconds()
              + " s; is its file system reachable?",
          e);
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while looking for checkpoints", e);
    }
  }

  private RuntimeException ended(
      Failure failure, RuntimeException error, Optional<String> newest, int vain) {
    StringBuilder text = new StringBuilder(failure.message());
    if (vain == VAIN && failure.again()) {
      text.append("; ").append(VAIN).append(" runs in a row came no further");
    }
    text.append(
        folder.isEmpty()
            ? "; no checkpoints are kept: give a folder with checkpoints(...)"
            : newest
                .map(name -> "; the newest checkpoint, " + folder.get() + "/" + name + ", is whole")
                .orElse("; there is no checkpoint in " + folder.get()));
    Throwable cause = failure.thrown().orElse(error);
    return new WorkerException(failure.rank(), text.toString(), cause);
  }

  /** One job of Spark. */
  private final class OneRun<T extends Serializable> {

    private final SparkProgram<T> program;
    private final @Nullable String newest;
    private final String group = "tandem-" + UUID.randomUUID();
    private Optional<Failure> failure = Optional.empty();
    private Optional<RuntimeException> ofListener = Optional.empty();

    OneRun(SparkProgram<T> program, Optional<String> newest) {
      this.program = program;
      this.newest = newest.orElse(null);
    }

    ImmutableList<T> call() {
      SparkEnv env = SparkEnv.get();
      String host = spark.getConf().get("spark.driver.host", "localhost");
      String bind = spark.getConf().get("spark.driver.bindAddress", host);
      try (DriverDesk desk =
          new DriverDesk(
              spark.getConf(),
              Wire.Keys.of(env),
              host,
              bind,
              options.patience(),
              options.count(),
              options.listener(),
              first -> cancel(first.message()))) {
        SlotWatch watch = new SlotWatch(spark, options, desk, this::cancel);
        watch.start();
        try {
          spark.setJobGroup(group, options.count() + " workers of Tandem", true);
          return BarrierStage.run(spark, options.count(), task(desk));
        } catch (Exception e) { // Spark's is checked, and its methods do not say so
          failure = watch.missed().isPresent() ? Optional.empty() : desk.failure(REPORTS);
          ofListener = desk.ofListener();
          throw watch.missed().map(late -> with(late, e)).orElseGet(() -> ofSpark(e));
        } finally {
          watch.stop();
          spark.clearJobGroup();
        }
      }
    }

    private RuntimeException with(IllegalStateException late, Exception error) {
      late.addSuppressed(error);
      return late;
    }

    private RuntimeException ofSpark(Exception error) {
      return error instanceof RuntimeException unchecked
          ? unchecked
          : new IllegalStateException("Spark has ended the workers: " + error.getMessage(), error);
    }

    private void cancel(String reason) {
      spark.sc().cancelJobGroup(group, reason);
    }

    private WorkerTask<T> task(DriverDesk desk) {
      return new WorkerTask<>(
          program,
          desk.address(),
          options.patience(),
          options.checkpoints(),
          options.kept(),
          newest,
          hadoop());
    }

    private byte[] hadoop() {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (DataOutputStream out = new DataOutputStream(bytes)) {
        spark.hadoopConfiguration().write(out);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return bytes.toByteArray();
    }
  }
}
