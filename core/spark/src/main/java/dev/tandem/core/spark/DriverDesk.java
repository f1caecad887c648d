package dev.tandem.core.spark;

import com.google.common.collect.ImmutableList;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.apache.spark.SparkConf;
import org.jspecify.annotations.Nullable;

/** The place at the driver where workers say who is there, what they tell and why they fail. */
final class DriverDesk implements Wire.Receiver, AutoCloseable {

  /** Where a worker is. */
  private enum Place {
    NOWHERE,
    STARTING,
    RUNNING,
    ENDED
  }

  private final FromWorkers listener;
  private final Consumer<Failure> onFailure;
  private final Place[] places;
  private final List<String> hosts = new ArrayList<>();
  private final List<String> addresses = new ArrayList<>();
  private final List<CompletableFuture<byte[]>> introduced = new ArrayList<>();
  private final Map<Object, Integer> lines = new HashMap<>();
  private final ExecutorService reading;
  private final Wire wire;
  private @Nullable Failure failure;
  private @Nullable RuntimeException ofListener;
  private boolean closed;

  /**
   * Opens it.
   *
   * @param onFailure told of the first failure, on a thread that must not wait
   */
  DriverDesk(
      SparkConf settings,
      Optional<Wire.Keys> keys,
      String host,
      String bind,
      Duration patience,
      int count,
      FromWorkers listener,
      Consumer<Failure> onFailure) {
    this.listener = listener;
    this.onFailure = onFailure;
    this.places = new Place[count];
    for (int i = 0; i < count; i++) {
      places[i] = Place.NOWHERE;
      hosts.add("");
      addresses.add("");
    }
    this.reading =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, "tandem-from-workers");
              thread.setDaemon(true);
              return thread;
            });
    this.wire = Wire.open(settings, keys, host, bind, patience, this);
  }

  String address() {
    return wire.address();
  }

  @Override
  public void received(Object line, ByteBuffer message, CompletableFuture<byte[]> answer) {
    Letter letter = Letter.read(message);
    if (letter.kind() == Letter.Kind.TOLD) {
      try {
        reading.execute(() -> tell(letter, answer));
      } catch (RejectedExecutionException e) {
        answer.completeExceptionally(e);
      }
      return;
    }
    hear(line, letter);
    if (letter.kind() == Letter.Kind.HERE) {
      introduce(letter, answer);
    } else {
      answer.complete(Wire.NOTHING);
    }
  }

  /** Answers all workers, when the last is there, with the addresses of all. */
  private void introduce(Letter letter, CompletableFuture<byte[]> answer) {
    List<CompletableFuture<byte[]>> ready = new ArrayList<>();
    byte[] all;
    synchronized (this) {
      addresses.set(letter.rank(), new String(letter.content(), StandardCharsets.UTF_8));
      introduced.add(answer);
      if (!addresses.contains("")) {
        ready.addAll(introduced);
      }
      all = String.join("\n", addresses).getBytes(StandardCharsets.UTF_8);
    }
    ready.forEach(one -> one.complete(all));
  }

  private void tell(Letter letter, CompletableFuture<byte[]> answer) {
    try {
      listener.receive(letter.rank(), letter.name(), letter.content());
      answer.complete(Wire.NOTHING);
    } catch (RuntimeException e) {
      synchronized (this) {
        ofListener = ofListener == null ? e : ofListener;
      }
      fail(
          Failure.of(
              letter.rank(),
              "what listens at the driver failed at \"" + letter.name() + "\": " + e,
              false,
              e));
      answer.completeExceptionally(e);
    }
  }

  private void hear(Object line, Letter letter) {
    @Nullable Failure first = null;
    synchronized (this) {
      int rank = letter.rank();
      lines.put(line, rank);
      switch (letter.kind()) {
        case HERE -> {
          places[rank] = Place.STARTING;
          hosts.set(rank, letter.name());
        }
        case READY -> places[rank] = Place.RUNNING;
        case DONE -> places[rank] = Place.ENDED;
        case FAILED -> {
          places[rank] = Place.ENDED;
          first = Failure.read(letter.content());
        }
        case TOLD -> {}
      }
      notifyAll();
    }
    if (first != null) {
      fail(first);
    }
  }

  @Override
  public void closed(Object line) {
    @Nullable Failure gone = null;
    synchronized (this) {
      Integer rank = lines.remove(line);
      if (rank != null && !closed && places[rank] != Place.ENDED) {
        places[rank] = Place.ENDED;
        gone =
            new Failure(
                rank,
                name(rank)
                    + " is gone: its connection closed, as its process or host or the network died",
                true,
                null);
      }
    }
    if (gone != null) {
      fail(gone);
    }
  }

  /** What messages call a worker. */
  synchronized String name(int rank) {
    String host = hosts.get(rank);
    return "worker " + rank + " of " + places.length + (host.isEmpty() ? "" : " (" + host + ")");
  }

  /** Ends the run, unless something else has. */
  void fail(Failure reason) {
    synchronized (this) {
      if (failure != null || closed) {
        return;
      }
      failure = reason;
      notifyAll();
    }
    onFailure.accept(reason);
  }

  /** The first failure; that of a worker that was lost may come a little after Spark's. */
  synchronized Optional<Failure> failure(Duration longest) {
    long end = System.nanoTime() + longest.toNanos();
    while (failure == null && await(end)) {}
    return Optional.ofNullable(failure);
  }

  /** What the listener threw, if that ended the run. */
  synchronized Optional<RuntimeException> ofListener() {
    return Optional.ofNullable(ofListener);
  }

  /**
   * Waits until all run, or there is a failure.
   *
   * @return the names of those that are not there, and of those that have come and do not run; both
   *     empty if all run
   */
  synchronized Waiting awaitAll(Duration longest) {
    long end = System.nanoTime() + longest.toNanos();
    while (failure == null && !closed && !waiting().isEmpty() && await(end)) {}
    return failure == null && !closed ? waiting() : new Waiting(0, ImmutableList.of());
  }

  /**
   * Who is waited for.
   *
   * @param missing how many have not come
   * @param starting the names of those that have come and do not run yet
   */
  record Waiting(int missing, ImmutableList<String> starting) {

    boolean isEmpty() {
      return missing == 0 && starting.isEmpty();
    }
  }

  private synchronized Waiting waiting() {
    int missing = 0;
    ImmutableList.Builder<String> starting = ImmutableList.builder();
    for (int rank = 0; rank < places.length; rank++) {
      missing += places[rank] == Place.NOWHERE ? 1 : 0;
      if (places[rank] == Place.STARTING) {
        starting.add(name(rank));
      }
    }
    return new Waiting(missing, starting.build());
  }

  @SuppressWarnings("WaitNotInLoop") // it is called in one
  private boolean await(long end) {
    long millis = (end - System.nanoTime()) / 1_000_000;
    if (millis <= 0) {
      return false;
    }
    try {
      synchronized (this) {
        wait(millis);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    reading.shutdownNow();
    wire.close();
  }
}
