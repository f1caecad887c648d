package dev.tandem.core.spark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.network.sasl.SecretKeyHolder;

/** Workers of one process that are connected as those of a cluster are. */
final class Endpoints implements AutoCloseable {

  /** What a worker does. */
  interface Part<T> {
    T run(SparkExchange worker) throws Exception;
  }

  private final List<SparkExchange> workers = new ArrayList<>();
  private final ExecutorService threads;

  private Endpoints(int count) {
    this.threads = Executors.newFixedThreadPool(count);
  }

  static Endpoints of(int count, Duration patience) {
    Endpoints all = listening(count, patience, new SparkConf(false), null);
    all.connect();
    return all;
  }

  /** Workers that are not connected yet. */
  static Endpoints listening(
      int count, Duration patience, SparkConf settings, List<String> secrets) {
    Endpoints all = new Endpoints(count);
    List<String> names =
        IntStream.range(0, count)
            .mapToObj(i -> "worker " + i + " of " + count + " (here)")
            .toList();
    for (int rank = 0; rank < count; rank++) {
      Optional<Wire.Keys> keys =
          secrets == null
              ? Optional.empty()
              : Optional.of(new Wire.Keys("app", secret(secrets.get(rank))));
      all.workers.add(SparkExchange.listen(settings, keys, rank, names, "localhost", patience));
    }
    return all;
  }

  private static SecretKeyHolder secret(String key) {
    return new SecretKeyHolder() {
      @Override
      public String getSaslUser(String app) {
        return "user";
      }

      @Override
      public String getSecretKey(String app) {
        return key;
      }
    };
  }

  void connect() {
    List<String> addresses = workers.stream().map(one -> one.wire().address()).toList();
    workers.forEach(one -> one.connect(addresses));
  }

  SparkExchange worker(int rank) {
    return workers.get(rank);
  }

  /** Runs the same on all, at the same time. */
  <T> List<T> all(Part<T> part) throws Exception {
    List<Future<T>> futures = workers.stream().map(one -> start(one.rank(), part)).toList();
    List<T> results = new ArrayList<>();
    for (Future<T> future : futures) {
      results.add(result(future));
    }
    return results;
  }

  <T> Future<T> start(int rank, Part<T> part) {
    return threads.submit(() -> part.run(workers.get(rank)));
  }

  static <T> T result(Future<T> future) throws Exception {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw (Exception) e.getCause();
    }
  }

  @Override
  public void close() {
    workers.forEach(SparkExchange::close);
    threads.shutdownNow();
  }
}
