package dev.tandem.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.nd4j.linalg.api.ndarray.INDArray;

@Timeout(30)
class PrefetcherTest {

  private static final Batching SHUFFLED = Batching.of(3).shuffled(5);

  @Test
  void prefetched_readOverEpochs_equalsDirect() {
    Dataset data = Rows.numbered(50);
    List<String> direct = Rows.read(data.endlessBatches(SHUFFLED, BatchPosition.START), 100);

    try (BatchIterator ahead = data.endlessBatches(SHUFFLED, BatchPosition.START).prefetched()) {
      assertThat(Rows.read(ahead, 100)).isEqualTo(direct);
      assertThat(ahead.batchesPerEpoch()).hasValue(17);
      assertThat(ahead.prefetched()).isSameAs(ahead);
    }
  }

  @Test
  void prefetchedPosition_resumed_countsWhatWasReadAndNotWhatWasFilled() {
    Dataset data = Rows.numbered(7);
    List<String> whole = Rows.read(data.endlessBatches(SHUFFLED, BatchPosition.START), 8);
    BatchPosition position;
    try (BatchIterator ahead = data.endlessBatches(SHUFFLED, BatchPosition.START).prefetched()) {
      Rows.read(ahead, 4);
      position = ahead.position();
    }

    assertThat(position).isEqualTo(new BatchPosition(1, 1));
    try (BatchIterator resumed = data.endlessBatches(SHUFFLED, position).prefetched()) {
      assertThat(Rows.read(resumed, 4)).isEqualTo(whole.subList(4, 8));
    }
  }

  @Test
  void directBatches_prefetched_goOnWhereTheyWere() {
    BatchIterator direct = Rows.numbered(7).batches(Batching.of(2), 0);
    direct.next();
    try (BatchIterator ahead = direct.prefetched()) {
      assertThat(ahead.next().target("number").toIntVector()).containsExactly(2, 3);
    }

    assertThatThrownBy(direct::next)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("batches are closed at epoch 0, batch 1");
  }

  @Test
  void prefetchedEpoch_readToItsEnd_endsItsThread() throws InterruptedException {
    BatchIterator ahead = Rows.numbered(7).batches(SHUFFLED, 0).prefetched();
    Rows.read(ahead, 3);

    assertThat(ahead.hasNext()).isFalse();
    assertThatThrownBy(ahead::next).isInstanceOf(NoSuchElementException.class);
    ahead.close();
  }

  @Test
  void buffers_read_areThreeThatGoRound() {
    Set<INDArray> arrays = Collections.newSetFromMap(new IdentityHashMap<>());
    try (BatchIterator ahead =
        Rows.numbered(6).endlessBatches(SHUFFLED, BatchPosition.START).prefetched()) {
      for (int i = 0; i < 30; i++) {
        arrays.add(ahead.next().input("row"));
      }
    }

    assertThat(arrays.size()).isEqualTo(3);
  }

  @Test
  void slowReader_prefetched_findsItsBatchUntouched() throws InterruptedException {
    FakeCursor source = new FakeCursor(Integer.MAX_VALUE);
    try (BatchIterator ahead = Prefetcher.start(source, 1000, 1)) {
      Batch batch = ahead.next();
      String before = Rows.text(batch);
      assertThat(source.filledThree.await(10, TimeUnit.SECONDS)).isTrue();

      assertThat(Rows.text(batch)).isEqualTo(before);
      assertThat(source.fills.get()).isEqualTo(3);
    }
  }

  @Test
  void failingThread_read_reachesTheReaderAtItsBatch() {
    try (BatchIterator ahead = Prefetcher.start(new FakeCursor(2), 1000, 1)) {
      ahead.next();
      ahead.next();

      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(ahead::next)
            .isInstanceOf(IllegalStateException.class)
            .hasMessage("reading ahead failed at epoch 1, batch 0")
            .hasRootCauseMessage("row 2 is torn");
      }
    }
  }

  @Test
  void closedEarly_readOn_isRefusedAndItsThreadIsGone() {
    BatchIterator ahead =
        Rows.numbered(6).endlessBatches(SHUFFLED, BatchPosition.START).prefetched();
    ahead.next();
    ahead.close();
    ahead.close();

    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .doesNotContain("tandem-prefetch");
    assertThatThrownBy(ahead::next)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "batches are closed at epoch 0, batch 1; ask the data set for new ones from there");
  }

  @Test
  void interruptedReader_waiting_isToldAndStaysInterrupted() {
    FakeCursor stuck = new FakeCursor(Integer.MAX_VALUE);
    stuck.gate = new CountDownLatch(1);
    try (BatchIterator ahead = Prefetcher.start(stuck, 1000, 1)) {
      Thread.currentThread().interrupt();

      assertThatThrownBy(ahead::next)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("interrupted while waiting for epoch 0, batch 0");
      assertThat(Thread.interrupted()).isTrue();
      stuck.gate.countDown();
    }
  }

  /** Two batches an epoch; counts what was filled, waits at its gate, and fails when told to. */
  private static final class FakeCursor implements Cursor {

    private final Cursor rows = Cursor.of(Rows.numbered(6), SHUFFLED, BatchPosition.START);
    private final AtomicInteger fills = new AtomicInteger();
    private final CountDownLatch filledThree = new CountDownLatch(3);
    private final int failAt;
    private volatile CountDownLatch gate = new CountDownLatch(0);

    FakeCursor(int failAt) {
      this.failAt = failAt;
    }

    @Override
    public BatchPosition position() {
      return rows.position();
    }

    @Override
    public OptionalInt batchesPerEpoch() {
      return rows.batchesPerEpoch();
    }

    @Override
    public BatchBuffer newBuffer() {
      return rows.newBuffer();
    }

    @Override
    public Callable<Batch> next(BatchBuffer buffer) throws Exception {
      Callable<Batch> filling = rows.next(buffer);
      return () -> {
        gate.await();
        if (fills.get() == failAt) {
          throw new IllegalArgumentException("row " + failAt + " is torn");
        }
        Batch batch = filling.call();
        fills.incrementAndGet();
        filledThree.countDown();
        return batch;
      };
    }
  }
}
