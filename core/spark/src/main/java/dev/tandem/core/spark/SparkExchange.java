package dev.tandem.core.spark;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.worker.RunningMean;
import dev.tandem.core.worker.WorkerException;
import dev.tandem.core.worker.Workers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkConf;
import org.jspecify.annotations.Nullable;

/**
 * The exchange of one worker with the others. Each makes the mean of one slice of the numbers, and
 * sends it to all: every number goes over the network twice, however many workers there are.
 */
final class SparkExchange implements Workers, AutoCloseable {

  private final int rank;
  private final int count;
  private final List<String> names;
  private final Duration patience;
  private final PeerQueues queues;
  private final Wire wire;
  private final List<Wire.@Nullable Line> peers = new ArrayList<>();
  private final List<Sent> parts;
  private Sent means = Sent.NOTHING;
  private final List<CompletableFuture<byte[]>> unconfirmed = new ArrayList<>();
  private long exchanges;

  /** A message, whose memory can be used again when it has arrived. */
  private record Sent(ByteBuffer message, CompletableFuture<?> arrived) {

    static final Sent NOTHING =
        new Sent(ByteBuffer.allocate(0), CompletableFuture.completedFuture(null));

    /** Its memory if it can be used again, else none. */
    ByteBuffer free() {
      return arrived.isDone() ? message : NOTHING.message();
    }
  }

  private SparkExchange(
      int rank, List<String> names, Duration patience, PeerQueues queues, Wire wire) {
    this.rank = rank;
    this.names = names;
    this.count = names.size();
    this.patience = patience;
    this.queues = queues;
    this.wire = wire;
    this.parts = new ArrayList<>(Collections.nCopies(count, Sent.NOTHING));
  }

  /**
   * Starts to listen for other workers.
   *
   * @param names what messages call each worker, by rank
   * @param host the name by which others reach this one, where it listens, too
   * @param patience how long another worker may let this one wait
   */
  static SparkExchange listen(
      SparkConf settings,
      Optional<Wire.Keys> keys,
      int rank,
      List<String> names,
      String host,
      Duration patience) {
    PeerQueues queues = new PeerQueues(rank, names);
    Wire wire =
        Wire.open(
            settings,
            keys,
            host,
            host,
            patience,
            new Wire.Receiver() {
              @Override
              public void received(
                  Object line, ByteBuffer message, CompletableFuture<byte[]> answer) {
                queues.received(line, Frame.read(message));
                answer.complete(Wire.NOTHING);
              }

              @Override
              public void closed(Object line) {
                queues.closed(line);
              }
            });
    return new SparkExchange(rank, names, patience, queues, wire);
  }

  /** This worker's end of its connections. */
  Wire wire() {
    return wire;
  }

  /**
   * Connects with all others.
   *
   * @param addresses of all, by rank
   * @throws WorkerException if one cannot be reached
   */
  void connect(List<String> addresses) {
    for (int peer = 0; peer < count; peer++) {
      if (peer == rank) {
        peers.add(null);
        continue;
      }
      try {
        Wire.Line line = wire.connect(addresses.get(peer));
        queues.connected(line.key(), peer);
        peers.add(line);
      } catch (IllegalStateException e) {
        throw new WorkerException(
            peer,
            "worker " + rank + " does not reach " + names.get(peer) + ": " + e.getMessage(),
            e);
      }
      CompletableFuture<byte[]> unused =
          send(peer, Frame.of(Frame.Kind.HELLO, rank, 0, "").write());
    }
  }

  @Override
  public int rank() {
    return rank;
  }

  @Override
  public int count() {
    return count;
  }

  /** The first worker with whom this one could not go on. */
  Optional<PeerQueues.Gone> gone() {
    return queues.gone();
  }

  @Override
  public ImmutableList<byte[]> gather(byte[] mine) {
    long exchange = ++exchanges;
    ByteBuffer message = Frame.of(Frame.Kind.GIVEN, rank, exchange, mine).write();
    for (int peer = 0; peer < count; peer++) {
      if (peer != rank) {
        CompletableFuture<byte[]> unused = send(peer, message.duplicate());
      }
    }
    ImmutableList.Builder<byte[]> all = ImmutableList.builder();
    for (int from = 0; from < count; from++) {
      all.add(from == rank ? mine : take(from, Frame.Kind.GIVEN, exchange).bytes());
    }
    return all.build();
  }

  @Override
  public void mean(float[] floats, double[] doubles, long samples) {
    if (samples < 1) {
      throw new IllegalArgumentException("number of samples is not at least 1: " + samples);
    }
    long exchange = ++exchanges;
    sendParts(exchange, floats, doubles, samples);
    addUp(exchange, floats, doubles, samples);
    sendMeans(exchange, floats, doubles, samples);
    for (int from = 0; from < count; from++) {
      if (from != rank) {
        Frame slice = take(from, Frame.Kind.MEAN, exchange);
        System.arraycopy(
            slice.floats(), 0, floats, start(floats.length, from), slice.floats().length);
        System.arraycopy(
            slice.doubles(), 0, doubles, start(doubles.length, from), slice.doubles().length);
      }
    }
  }

  /** Puts the means of this worker's slice in the place of its numbers. */
  private void addUp(long exchange, float[] floats, double[] doubles, long samples) {
    int slim = start(floats.length, rank);
    int wide = start(doubles.length, rank);
    int slimLength = start(floats.length, rank + 1) - slim;
    int wideLength = start(doubles.length, rank + 1) - wide;
    float[] floatMeans = {};
    double[] doubleMeans = {};
    RunningMean mean = new RunningMean();
    for (int from = 0; from < count; from++) {
      float[] floatPart;
      double[] doublePart;
      long partSamples;
      if (from == rank) {
        floatPart = Arrays.copyOfRange(floats, slim, slim + slimLength);
        doublePart = Arrays.copyOfRange(doubles, wide, wide + wideLength);
        partSamples = samples;
      } else {
        Frame part = take(from, Frame.Kind.PART, exchange);
        requireLike(part, floats, doubles);
        floatPart = part.floats();
        doublePart = part.doubles();
        partSamples = part.samples();
      }
      double share = mean.share(partSamples);
      if (from == 0) {
        floatMeans = floatPart;
        doubleMeans = doublePart;
      } else {
        RunningMean.add(floatMeans, floatPart, 0, slimLength, share);
        RunningMean.add(doubleMeans, doublePart, 0, wideLength, share);
      }
    }
    System.arraycopy(floatMeans, 0, floats, slim, slimLength);
    System.arraycopy(doubleMeans, 0, doubles, wide, wideLength);
  }

  private void requireLike(Frame part, float[] floats, double[] doubles) {
    if (part.allFloats() != floats.length || part.allDoubles() != doubles.length) {
      throw new WorkerException(
          part.from(),
          "worker "
              + part.from()
              + " exchanges "
              + part.allFloats()
              + " float32 and "
              + part.allDoubles()
              + " float64 numbers, and worker "
              + rank
              + " "
              + floats.length
              + " and "
              + doubles.length
              + "; workers run the same program on models of the same weights",
          null);
    }
  }

  /** Where the slice of a worker starts. */
  private int start(int length, int worker) {
    return (int) ((long) length * worker / count);
  }

  private Frame take(int from, Frame.Kind kind, long exchange) {
    return queues.take(from, kind, exchange, patience);
  }

  /** Sends each other worker its part of the numbers. */
  private void sendParts(long exchange, float[] floats, double[] doubles, long samples) {
    for (int peer = 0; peer < count; peer++) {
      if (peer != rank) {
        Frame.Slice slice = slice(floats, doubles, peer);
        ByteBuffer message =
            Frame.write(parts.get(peer).free(), Frame.Kind.PART, rank, exchange, samples, slice);
        parts.set(peer, new Sent(message, send(peer, message.duplicate())));
      }
    }
  }

  /** Sends all other workers the means that this one has made. */
  private void sendMeans(long exchange, float[] floats, double[] doubles, long samples) {
    ByteBuffer message =
        Frame.write(
            means.free(), Frame.Kind.MEAN, rank, exchange, samples, slice(floats, doubles, rank));
    List<CompletableFuture<byte[]>> arrived = new ArrayList<>();
    for (int peer = 0; peer < count; peer++) {
      if (peer != rank) {
        arrived.add(send(peer, message.duplicate()));
      }
    }
    means = new Sent(message, CompletableFuture.allOf(arrived.toArray(CompletableFuture[]::new)));
  }

  private Frame.Slice slice(float[] floats, double[] doubles, int owner) {
    return new Frame.Slice(
        floats,
        start(floats.length, owner),
        start(floats.length, owner + 1),
        doubles,
        start(doubles.length, owner),
        start(doubles.length, owner + 1));
  }

  private CompletableFuture<byte[]> send(int peer, ByteBuffer message) {
    Wire.Line line = peers.get(peer);
    if (line == null) {
      throw new IllegalStateException("worker " + rank + " sends to itself");
    }
    CompletableFuture<byte[]> arrived = line.send(message);
    unconfirmed.removeIf(CompletableFuture::isDone);
    unconfirmed.add(arrived);
    CompletableFuture<byte[]> unused =
        arrived.whenComplete(
            (nothing, error) -> {
              if (error != null) {
                queues.lose(peer, "a message does not arrive (" + error + ")");
              }
            });
    return arrived;
  }

  /** Tells all others, so that none waits for this one, that it has failed. */
  void fail(String why, boolean lost) {
    queues.close();
    tell(Frame.of(Frame.Kind.FAILED, rank, exchanges, PeerQueues.failure(why, lost)));
    confirm(Duration.ofSeconds(2));
  }

  /** Ends the part of a worker whose program has ended; what it has sent has arrived then. */
  void leave() {
    tell(Frame.of(Frame.Kind.LEAVES, rank, exchanges, ""));
    confirm(patience);
    queues.close();
  }

  private void tell(Frame frame) {
    for (int peer = 0; peer < peers.size(); peer++) {
      if (peer != rank && !queues.hasLeft(peer)) {
        CompletableFuture<byte[]> unused = send(peer, frame.write());
      }
    }
  }

  private void confirm(Duration longest) {
    try {
      CompletableFuture.allOf(unconfirmed.toArray(CompletableFuture[]::new))
          .get(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // whoever misses it says so himself; one that has left needs nothing more
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    queues.close();
    wire.close();
  }
}
