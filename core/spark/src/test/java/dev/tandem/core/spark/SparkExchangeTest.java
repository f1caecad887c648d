package dev.tandem.core.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.worker.RunningMean;
import dev.tandem.core.worker.WorkerException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Future;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers go from worker to worker and come out as the mean in the order of ranks. */
@Timeout(60)
class SparkExchangeTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  /** What a worker has in an exchange. */
  private record Numbers(float[] floats, double[] doubles, long samples) {

    static Numbers of(int rank, int exchange, int slim, int wide) {
      Random random = new Random(31L * rank + exchange);
      float[] floats = new float[slim];
      double[] doubles = new double[wide];
      for (int i = 0; i < slim; i++) {
        floats[i] = (float) random.nextGaussian();
      }
      for (int i = 0; i < wide; i++) {
        doubles[i] = random.nextGaussian();
      }
      return new Numbers(floats, doubles, 1 + random.nextInt(9));
    }

    /** The mean of all workers' numbers, made in one place. */
    static Numbers mean(int count, int exchange, int slim, int wide) {
      RunningMean mean = new RunningMean();
      Numbers all = of(0, exchange, slim, wide);
      double unused = mean.share(all.samples);
      for (int rank = 1; rank < count; rank++) {
        Numbers one = of(rank, exchange, slim, wide);
        double share = mean.share(one.samples);
        RunningMean.add(all.floats, one.floats, 0, slim, share);
        RunningMean.add(all.doubles, one.doubles, 0, wide, share);
      }
      return all;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void means_areTheRunningMeanInTheOrderOfRanks_toTheBit(int count) throws Exception {
    int[][] sizes = {{1001, 7}, {0, 3}, {1, 0}, {2, 1}, {100_003, 2}, {100_003, 2}, {0, 0}};
    try (Endpoints workers = Endpoints.of(count, LONG)) {
      for (int exchange = 0; exchange < sizes.length; exchange++) {
        int number = exchange;
        int slim = sizes[exchange][0];
        int wide = sizes[exchange][1];
        List<Numbers> all =
            workers.all(
                worker -> {
                  Numbers mine = Numbers.of(worker.rank(), number, slim, wide);
                  worker.mean(mine.floats, mine.doubles, mine.samples);
                  return mine;
                });
        Numbers expected = Numbers.mean(count, number, slim, wide);
        for (Numbers one : all) {
          assertThat(one.floats).isEqualTo(expected.floats);
          assertThat(one.doubles).isEqualTo(expected.doubles);
        }
      }
      List<List<String>> gathered =
          workers.all(
              worker -> {
                byte[] mine = ("worker " + worker.rank()).getBytes(StandardCharsets.UTF_8);
                List<String> got =
                    worker.gather(mine).stream()
                        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                        .toList();
                worker.leave();
                return got;
              });
      assertThat(gathered).containsOnly(gathered.get(0));
      assertThat(gathered.get(0).get(count - 1)).isEqualTo("worker " + (count - 1));
    }
  }

  @ParameterizedTest
  @CsvSource({"true,AES/CTR/NoPadding", "true,AES/GCM/NoPadding", "false,"})
  void secret_isAskedForByBothAndNumbersAreEncrypted(boolean encrypted, String cipher)
      throws Exception {
    SparkConf settings = new SparkConf(false).set("spark.authenticate", "true");
    settings.set("spark.network.crypto.enabled", String.valueOf(encrypted));
    if (cipher != null) {
      settings.set("spark.network.crypto.cipher", cipher);
    }
    try (Endpoints workers =
        Endpoints.listening(2, LONG, settings, List.of("a secret", "a secret"))) {
      workers.connect();
      List<float[]> all =
          workers.all(
              worker -> {
                float[] mine = new float[70_001];
                Arrays.fill(mine, worker.rank());
                worker.mean(mine, new double[0], 1);
                return mine;
              });
      float[] half = new float[70_001];
      Arrays.fill(half, 0.5f);
      assertThat(all).containsExactly(half, half);
    }
    try (Endpoints workers =
        Endpoints.listening(2, Duration.ofSeconds(5), settings, List.of("a secret", "another"))) {
      assertThatThrownBy(workers::connect)
          .isInstanceOf(WorkerException.class)
          .hasMessageStartingWith("worker 0 does not reach worker 1 of 2 (here): localhost:")
          .hasMessageContaining("spark.authenticate.secret");
    }
  }

  @Test
  void deadWorker_isNamedAtOnce() throws Exception {
    try (Endpoints workers = Endpoints.of(3, LONG)) {
      long began = System.nanoTime();
      Future<Integer> waiting = workers.start(0, SparkExchangeTest::meanOfOne);
      Future<Integer> other = workers.start(2, SparkExchangeTest::meanOfOne);
      workers.worker(1).wire().close();
      for (Future<Integer> one : List.of(waiting, other)) {
        assertThatThrownBy(() -> Endpoints.result(one))
            .isInstanceOf(WorkerException.class)
            .hasMessageContaining("worker 1 of 3 (here) is gone: ")
            .hasMessageContaining("go on from the last checkpoint");
      }
      assertThat(workers.worker(0).gone())
          .hasValueSatisfying(gone -> assertThat(gone.lost() && gone.rank() == 1).isTrue());
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(LONG);
    }
  }

  @Test
  void silentWorker_isNamedWhenPatienceEnds() throws Exception {
    try (Endpoints workers = Endpoints.of(3, Duration.ofSeconds(1))) {
      Future<Integer> waiting = workers.start(0, SparkExchangeTest::meanOfOne);
      Future<Integer> other = workers.start(1, SparkExchangeTest::meanOfOne);
      for (Future<Integer> one : List.of(waiting, other)) {
        assertThatThrownBy(() -> Endpoints.result(one))
            .isInstanceOf(WorkerException.class)
            .hasMessageContaining("worker 2 of 3 (here) is gone: it has not sent a mean for 1 s");
      }
    }
  }

  @Test
  void failedWorker_isNamedWithItsReason() throws Exception {
    try (Endpoints workers = Endpoints.of(2, LONG)) {
      Future<Integer> waiting = workers.start(0, SparkExchangeTest::meanOfOne);
      workers.worker(1).fail("worker 1 of 2 (here) failed: a loss is NaN", false);
      assertThatThrownBy(() -> Endpoints.result(waiting))
          .isInstanceOf(WorkerException.class)
          .hasMessageStartingWith("worker 1 of 2 (here) failed: a loss is NaN; nothing was moved");
      assertThat(workers.worker(0).gone().orElseThrow().lost()).isFalse();
    }
  }

  @Test
  void workersThatDoOtherThings_areNamed() throws Exception {
    try (Endpoints workers = Endpoints.of(2, LONG)) {
      Future<Integer> waiting = workers.start(0, SparkExchangeTest::meanOfOne);
      workers.worker(1).leave();
      assertThatThrownBy(() -> Endpoints.result(waiting))
          .hasMessageContaining("worker 1 of 2 (here) has come to the end of its program");
    }
    try (Endpoints workers = Endpoints.of(2, LONG)) {
      Future<Integer> waiting = workers.start(0, SparkExchangeTest::meanOfOne);
      Future<Integer> other = workers.start(1, worker -> worker.gather(new byte[0]).size());
      assertThatThrownBy(() -> Endpoints.result(waiting))
          .hasMessageContaining("asks for what each gives, and worker 0 at exchange 1 for a mean");
      assertThatThrownBy(() -> Endpoints.result(other)).isInstanceOf(WorkerException.class);
    }
    try (Endpoints workers = Endpoints.of(2, LONG)) {
      Future<Integer> waiting = workers.start(0, SparkExchangeTest::meanOfOne);
      workers.start(
          1,
          worker -> {
            worker.mean(new float[2], new double[0], 1);
            return 0;
          });
      assertThatThrownBy(() -> Endpoints.result(waiting))
          .hasMessageContaining(
              "worker 1 exchanges 2 float32 and 0 float64 numbers, and worker 0 1");
    }
  }

  private static int meanOfOne(SparkExchange worker) {
    worker.mean(new float[1], new double[0], 1);
    return worker.rank();
  }
}
