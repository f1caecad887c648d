package dev.tandem.core.spark;

import com.google.common.base.Splitter;
import com.google.common.base.Throwables;
import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.tandem.core.backend.Backend;
import dev.tandem.core.data.DataFileException;
import dev.tandem.core.worker.Agreement;
import dev.tandem.core.worker.WorkerException;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.Serial;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.SparkFiles;
import org.apache.spark.TaskKilledException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a task does: it connects with the others and the driver, and runs the program.
 *
 * @param driver address of its desk
 * @param checkpoints the folder, if there is one
 * @param newest name of the checkpoint to go on from
 * @param hadoop settings of file systems, as they write themselves
 */
record WorkerTask<T extends Serializable>(
    SparkProgram<T> program,
    String driver,
    Duration patience,
    @Nullable String checkpoints,
    int kept,
    @Nullable String newest,
    byte[] hadoop)
    implements BarrierStage.Task<T> {

  @Serial private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(WorkerTask.class);
  private static final Duration REPORTING = Duration.ofSeconds(10);

  @Override
  public T run(BarrierTaskContext context) {
    SparkEnv env = SparkEnv.get();
    String host = env.blockManager().blockManagerId().host();
    int rank = context.partitionId();
    List<String> names = names(context);
    try (SparkExchange exchange =
        SparkExchange.listen(env.conf(), Wire.Keys.of(env), rank, names, host, patience)) {
      Wire.Line desk = exchange.wire().connect(driver);
      try {
        T result = work(exchange, desk, host);
        send(desk, new Letter(Letter.Kind.DONE, rank, "", new byte[0]), patience);
        return result;
      } catch (Throwable e) {
        report(e, context, exchange, desk, names.get(rank));
        Throwables.throwIfUnchecked(e);
        throw new IllegalStateException(e);
      }
    }
  }

  private static List<String> names(BarrierTaskContext context) {
    List<String> names = new ArrayList<>();
    int count = context.numPartitions();
    for (int rank = 0; rank < count; rank++) {
      String address = context.getTaskInfos()[rank].address();
      String host = address.replaceFirst(":\\d+$", "");
      names.add("worker " + rank + " of " + count + " (" + host + ")");
    }
    return names;
  }

  private T work(SparkExchange exchange, Wire.Line desk, String host) throws Exception {
    int rank = exchange.rank();
    byte[] address = exchange.wire().address().getBytes(StandardCharsets.UTF_8);
    byte[] all = send(desk, new Letter(Letter.Kind.HERE, rank, host, address), patience);
    exchange.connect(Splitter.on('\n').splitToList(new String(all, StandardCharsets.UTF_8)));
    Backend.require();
    Agreement.require(exchange, "the workers", CodeDigest.of(program.getClass()));
    send(desk, new Letter(Letter.Kind.READY, rank, "", new byte[0]), patience);
    Path folder = Files.createTempDirectory(Path.of(SparkFiles.getRootDirectory()), "tandem-");
    try {
      SparkWorker worker =
          new SparkWorker(
              exchange,
              folder,
              () -> fetched(folder.resolve("newest")),
              publishing(rank),
              (name, content) ->
                  send(desk, new Letter(Letter.Kind.TOLD, rank, name, content), patience));
      T result = program.call(worker);
      exchange.leave();
      return result;
    } finally {
      delete(folder);
    }
  }

  private Consumer<Path> publishing(int rank) {
    Optional<CheckpointFolder> shared = shared();
    return rank == 0 && shared.isPresent() ? shared.get()::publish : path -> {};
  }

  private Optional<CheckpointFolder> shared() {
    return Optional.ofNullable(checkpoints)
        .map(place -> new CheckpointFolder(place, configuration(), kept));
  }

  private Configuration configuration() {
    Configuration configuration = new Configuration(false);
    try {
      configuration.readFields(new DataInputStream(new ByteArrayInputStream(hadoop)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return configuration;
  }

  private Optional<Path> fetched(Path target) {
    Optional<CheckpointFolder> shared = shared();
    if (newest == null || shared.isEmpty()) {
      return Optional.empty();
    }
    if (!Files.exists(target)) {
      shared.get().fetch(newest, target);
    }
    return Optional.of(target);
  }

  private static void delete(Path folder) {
    try {
      MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
    } catch (IOException e) {
      LOG.warn("{} cannot be deleted ({})", folder, e.toString());
    }
  }

  @CanIgnoreReturnValue
  private static byte[] send(Wire.Line desk, Letter letter, Duration longest) {
    try {
      return desk.send(letter.write()).get(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(
          "the driver does not take "
              + (letter.kind() == Letter.Kind.TOLD ? "\"" + letter.name() + "\"" : letter.kind())
              + " ("
              + (e.getCause() == null ? e : e.getCause())
              + ")",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while telling the driver", e);
    }
  }

  /** The driver hears it first, so that what others say because of it comes after it. */
  private static void report(
      Throwable error,
      BarrierTaskContext context,
      SparkExchange exchange,
      Wire.Line desk,
      String name) {
    boolean interrupted = Thread.interrupted() || context.isInterrupted() || isKilled(error);
    Failure failure = failure(error, exchange, name);
    try {
      if (interrupted) {
        // who has interrupted it says why
        send(desk, new Letter(Letter.Kind.DONE, exchange.rank(), "", new byte[0]), REPORTING);
      } else {
        byte[] content = failure.toBytes();
        send(desk, new Letter(Letter.Kind.FAILED, exchange.rank(), "", content), REPORTING);
      }
    } catch (IllegalStateException e) {
      error.addSuppressed(e);
    }
    exchange.fail(failure.message(), failure.again());
  }

  private static boolean isKilled(Throwable error) {
    return Throwables.getCausalChain(error).stream()
        .anyMatch(
            one ->
                one instanceof InterruptedException
                    || one instanceof InterruptedIOException
                    || one instanceof TaskKilledException);
  }

  static Failure failure(Throwable error, SparkExchange exchange, String name) {
    Optional<PeerQueues.Gone> gone = exchange.gone();
    if (error instanceof WorkerException && gone.isPresent()) {
      return Failure.of(gone.get().rank(), gone.get().why(), gone.get().lost(), error);
    }
    int rank = error instanceof WorkerException other ? other.rank() : exchange.rank();
    return Failure.of(rank, name + " failed: " + error, isFile(error), error);
  }

  /** Whether a file or a connection failed, which may be there again. */
  private static boolean isFile(Throwable error) {
    return Throwables.getCausalChain(error).stream()
        .anyMatch(
            one ->
                one instanceof IOException
                    || one instanceof UncheckedIOException
                    || one instanceof DataFileException);
  }
}
