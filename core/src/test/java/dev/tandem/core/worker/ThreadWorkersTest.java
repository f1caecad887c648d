package dev.tandem.core.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Workers that are threads: means, gathering, and what a failed one does to the others. */
@Timeout(60)
class ThreadWorkersTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 8})
  void mean_ofAllWorkers_isTheRunningMeanInTheOrderOfRanks(int count) {
    ImmutableList<float[]> all =
        Workers.threads(count)
            .call(
                worker -> {
                  float[] mine = {1f / (worker.rank() + 3), worker.rank(), 1e8f, 7};
                  double[] wide = {worker.rank() * 0.1};
                  for (int round = 0; round < 20; round++) {
                    mine[3] = worker.rank() + round;
                    worker.mean(mine, wide, 4);
                  }
                  assertThat(wide[0]).isCloseTo((count - 1) * 0.05, within(1e-12));
                  return mine;
                });
    float mean = 1f / 3;
    for (int rank = 1; rank < count; rank++) {
      mean += (1f / (rank + 3) - mean) * (float) (1 - (double) rank / (rank + 1));
    }
    for (float[] one : all) {
      assertThat(one[0]).isEqualTo(mean);
      assertThat(one[1]).isCloseTo((count - 1) / 2f, within(1e-6f));
      assertThat(one[2]).isEqualTo(1e8f);
      assertThat(one[3]).isCloseTo(19 + (count - 1) / 2f, within(1e-5f));
    }
  }

  @Test
  void mean_ofUnequalSamples_countsEachSampleAlike() {
    Workers.threads(3)
        .run(
            worker -> {
              double[] mine = {worker.rank()};
              worker.mean(new float[0], mine, worker.rank() + 1);
              assertThat(mine[0]).isCloseTo((1 * 2 + 2 * 3) / 6.0, within(1e-12));
            });
  }

  @Test
  void gather_ofAll_isInTheOrderOfRanks() {
    List<Integer> sums =
        Workers.threads(4)
            .call(
                worker -> {
                  int sum = 0;
                  for (int round = 0; round < 5; round++) {
                    ImmutableList<byte[]> all =
                        worker.gather(new byte[] {(byte) (worker.rank() + round)});
                    for (int rank = 0; rank < 4; rank++) {
                      assertThat(all.get(rank)).containsExactly(rank + round);
                      sum += all.get(rank)[0];
                    }
                  }
                  return sum;
                });
    assertThat(sums).containsExactly(70, 70, 70, 70);
  }

  @Test
  void failedWorker_endsTheOthersAndIsWhatComesOut() {
    AtomicInteger told = new AtomicInteger();
    assertThatThrownBy(
            () ->
                Workers.threads(3)
                    .run(
                        worker -> {
                          worker.gather(new byte[0]);
                          if (worker.rank() == 1) {
                            throw new ArithmeticException("a batch of nothing");
                          }
                          assertThatThrownBy(() -> worker.mean(new float[1], new double[0], 1))
                              .isInstanceOf(WorkerException.class)
                              .hasMessageContaining("worker 1 of 3 failed")
                              .hasMessageContaining("a batch of nothing")
                              .hasMessageContaining("last checkpoint")
                              .hasRootCauseInstanceOf(ArithmeticException.class);
                          told.incrementAndGet();
                        }))
        .isInstanceOf(ArithmeticException.class);
    assertThat(told).hasValue(2);
  }

  @Test
  void workerWhoseProgramEndsEarly_isNamedToThoseThatWaitForIt() {
    assertThatThrownBy(
            () ->
                Workers.threads(2)
                    .run(
                        worker -> {
                          if (worker.rank() == 0) {
                            worker.mean(new float[1], new double[0], 1);
                          }
                        }))
        .isInstanceOf(WorkerException.class)
        .hasMessageContaining("worker 1 of 2 has come to the end of its program");
  }

  @Test
  void mean_ofOtherNumbers_isRefused() {
    assertThatThrownBy(
            () ->
                Workers.threads(2)
                    .run(worker -> worker.mean(new float[3 + worker.rank()], new double[0], 1)))
        .isInstanceOf(WorkerException.class)
        .hasMessageContaining("worker 1 exchanges 4 float32 and 0 float64 numbers")
        .hasMessageContaining("worker 0 3 and 0");
  }

  @Test
  void hungWorker_isNamedAfterPatienceAndInterrupted() {
    CountDownLatch never = new CountDownLatch(1);
    AtomicInteger interrupted = new AtomicInteger();
    assertThatThrownBy(
            () ->
                Workers.threads(3)
                    .patience(Duration.ofSeconds(1))
                    .run(
                        worker -> {
                          if (worker.rank() == 1) {
                            try {
                              never.await();
                            } catch (InterruptedException e) {
                              interrupted.incrementAndGet();
                            }
                          }
                          worker.gather(new byte[0]);
                        }))
        .isInstanceOf(WorkerException.class)
        .hasMessageContaining("worker 1 of 3 has not come for 1 s to where worker")
        .hasMessageContaining("gathers bytes")
        .hasMessageContaining("last checkpoint");
    assertThat(interrupted).hasValue(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Workers.threads(2).patience(Duration.ofMillis(999)))
        .withMessageContaining("not at least a second");
  }

  @Test
  void cards_withoutAModuleForThem_areRefusedWithItsName() {
    assertThatThrownBy(() -> CardProviders.workers(2, ImmutableList.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("add dev.tandem:tandem-cuda, or take Workers.threads(2)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Workers.cards(0))
        .withMessage("number of workers is not at least 1: 0");
  }

  @Test
  void noWorkers_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Workers.threads(0))
        .withMessage("number of workers is not at least 1: 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Workers.alone().mean(new float[0], new double[0], 0));
  }
}
