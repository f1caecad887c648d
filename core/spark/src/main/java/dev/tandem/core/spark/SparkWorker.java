package dev.tandem.core.spark;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.io.CheckpointSeries;
import dev.tandem.core.worker.Workers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One worker of {@link SparkWorkers}, as its program sees it: a task that has an executor of a
 * cluster for itself. Besides what all workers can do it knows the checkpoints of the run, and the
 * driver.
 */
public final class SparkWorker implements Workers {

  /** Local checkpoints are there to be copied. */
  private static final int KEPT = 1;

  private final Workers exchange;
  private final Path folder;
  private final Supplier<Optional<Path>> newest;
  private final CheckpointSeries checkpoints;
  private final BiConsumer<String, byte[]> driver;

  /**
   * A worker.
   *
   * @param folder of its own on its machine
   * @param newest fetches the checkpoint that the run goes on from
   * @param publishing copies a checkpoint to where all workers see it
   * @param driver sends a message
   */
  SparkWorker(
      Workers exchange,
      Path folder,
      Supplier<Optional<Path>> newest,
      Consumer<Path> publishing,
      BiConsumer<String, byte[]> driver) {
    this.exchange = exchange;
    this.folder = folder;
    this.newest = newest;
    this.checkpoints =
        CheckpointSeries.in(folder.resolve("checkpoints"), KEPT).handingOn(publishing);
    this.driver = driver;
  }

  @Override
  public int rank() {
    return exchange.rank();
  }

  @Override
  public int count() {
    return exchange.count();
  }

  @Override
  public void mean(float[] floats, double[] doubles, long samples) {
    exchange.mean(floats, doubles, samples);
  }

  @Override
  public ImmutableList<byte[]> gather(byte[] mine) {
    return exchange.gather(mine);
  }

  /**
   * The checkpoint to go on from, the same one on all workers: the newest one that was whole in the
   * {@linkplain SparkWorkers#checkpoints folder} when this run began, copied to this machine. None
   * at the first start, or without a folder.
   */
  public Optional<Path> newest() {
    return newest.get();
  }

  /**
   * Where the checkpoints of this run are saved to: {@code
   * RollingCheckpoints.in(worker.checkpoints(), 1000)} for a GAN, {@code
   * Fit.callbacks(worker.checkpoints())} for a fit. All workers save, each on its machine; the
   * first one copies its own to the {@linkplain SparkWorkers#checkpoints folder}, whole or not at
   * all, as they are equal. Without a folder nothing is copied.
   */
  public CheckpointSeries checkpoints() {
    return checkpoints;
  }

  /** A folder on this machine for files of this worker, deleted at its end. */
  public Path folder() {
    return folder;
  }

  /**
   * Sends the driver a message, and waits until what {@linkplain SparkWorkers#listening listens}
   * there has heard it: losses, a sample, a line of text.
   *
   * @param name of the message, as in {@code samples/000100.png}
   * @param content at most some megabytes
   * @throws IllegalStateException if the driver does not answer, or cannot use it
   */
  public void tell(String name, byte[] content) {
    driver.accept(name, content);
  }

  /** Sends the driver a text. */
  public void tell(String name, String text) {
    tell(name, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends the driver the content of a file. */
  public void tell(String name, Path file) {
    try {
      tell(name, Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be sent to the driver", e);
    }
  }

  /** As in {@code worker 1 of 4}. */
  @Override
  public String toString() {
    return "worker " + rank() + " of " + count();
  }
}
