package dev.tandem.examples.serve;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Many questions at once, each answer held against what it has to be, byte for byte. */
final class LoadTest {

  /**
   * What was seen.
   *
   * @param requests that were sent
   * @param clients that sent them at once
   * @param wrong answers
   * @param p50 milliseconds, half of the answers came faster
   * @param p99 milliseconds, 99 of 100 answers came faster
   * @param seconds in all
   */
  record Report(int requests, int clients, int wrong, double p50, double p99, double seconds) {

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%d requests of %d clients: p50 %.1f ms, p99 %.1f ms, %.0f a second, %d wrong answers",
          requests,
          clients,
          p50,
          p99,
          requests / seconds,
          wrong);
    }
  }

  private static final int SEEDS = 16;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private LoadTest() {}

  /** Asks a service of this process. */
  static Report run(ImageService service, int requests, int clients)
      throws IOException, InterruptedException {
    byte[][] right = new byte[SEEDS][];
    for (int seed = 0; seed < SEEDS; seed++) {
      right[seed] = service.png(seed, 0);
    }
    String base = "http://127.0.0.1:" + service.address().getPort() + "/image?seed=";
    ExecutorService threads = Executors.newFixedThreadPool(clients);
    HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    long begin = System.nanoTime();
    List<Future<Double>> answers = new ArrayList<>();
    for (int i = 0; i < requests; i++) {
      int seed = i % SEEDS;
      answers.add(threads.submit(() -> ask(client, base + seed, right[seed])));
    }
    int wrong = 0;
    double[] millis = new double[requests];
    for (int i = 0; i < requests; i++) {
      double time = get(answers.get(i));
      wrong += Double.isNaN(time) ? 1 : 0;
      millis[i] = time;
    }
    threads.shutdown();
    Arrays.sort(millis); // NaN at the end
    return new Report(
        requests,
        clients,
        wrong,
        millis[requests / 2],
        millis[Math.min(requests - 1, requests * 99 / 100)],
        (System.nanoTime() - begin) / 1e9);
  }

  /** Milliseconds until the right answer; NaN for another one. */
  private static double ask(HttpClient client, String uri, byte[] right)
      throws IOException, InterruptedException {
    long begin = System.nanoTime();
    HttpRequest request = HttpRequest.newBuilder(URI.create(uri)).timeout(PATIENCE).build();
    HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    boolean isRight = answer.statusCode() == 200 && Arrays.equals(answer.body(), right);
    return isRight ? (System.nanoTime() - begin) / 1e6 : Double.NaN;
  }

  private static double get(Future<Double> answer) throws InterruptedException {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      return Double.NaN; // no answer is a wrong one
    }
  }
}
