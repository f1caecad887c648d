package dev.tandem.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.adapter.MultiDataSetIteratorAdapter;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.dataset.api.iterator.TestDataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

@Timeout(30)
class SequenceSourceTest {

  private static final Dataset ROWS = Rows.numbered(11);

  @Test
  void pieces_ofAnySize_becomeBatchesOfTheBatching() {
    SequenceSource source =
        SequenceSource.of(List.of(ROWS.slice(0, 1), ROWS.slice(1, 9), ROWS.slice(9, 11)));

    assertThat(numbers(source.batches(Batching.of(4), 0)))
        .containsExactly(List.of(0, 1, 2, 3), List.of(4, 5, 6, 7), List.of(8, 9, 10));
    assertThat(numbers(source.batches(Batching.of(4).droppingRemainder(), 1)))
        .containsExactly(List.of(0, 1, 2, 3), List.of(4, 5, 6, 7));
  }

  @Test
  void streams_readForThreeEpochs_areOpenedThreeTimesAndClosed() {
    AtomicInteger closed = new AtomicInteger();
    SequenceSource source =
        SequenceSource.streams(
            () -> Stream.of(ROWS.slice(0, 5), ROWS.slice(5, 11)).onClose(closed::incrementAndGet));
    int before = closed.get();
    try (BatchIterator batches = source.batches(Batching.of(6), BatchPosition.START, 3)) {
      while (batches.hasNext()) {
        batches.next();
      }
    }

    assertThat(closed.get() - before).isEqualTo(3);
  }

  @Test
  void streamReadOnce_resumedOrReadAgain_isRefused() {
    SequenceSource source = SequenceSource.once(Stream.of(ROWS));

    assertThatThrownBy(() -> source.batches(Batching.of(4), new BatchPosition(0, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the sequence can be read once, from its beginning, and not from epoch 0, batch 1; to"
                + " resume, give an Iterable or a supplier of streams");
    try (BatchIterator batches = source.endlessBatches(Batching.of(6), BatchPosition.START)) {
      batches.next();
      assertThat(batches.next().size()).isEqualTo(5);
      assertThatThrownBy(batches::next)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("a sequence that can be read once was read already; give an");
    }
  }

  @Test
  void pieceOfOtherColumns_read_isRefusedWithItsNumber() {
    Dataset other = Dataset.builder().input("row", Nd4j.ones(2, 3)).build();
    SequenceSource source = SequenceSource.of(List.of(ROWS.slice(0, 4), other));
    try (BatchIterator batches = source.batches(Batching.of(2), 0).prefetched()) {
      batches.next();
      batches.next();
      assertThatThrownBy(batches::next)
          .hasRootCauseMessage(
              "piece 1 of the sequence in epoch 0 has [input \"row\" float32 (batch, 3)], and the"
                  + " first one had [input \"row\" float32 (batch, 2), target \"number\" int32"
                  + " (batch,)]; give all pieces the same columns");
    }
  }

  @Test
  void sequenceThatGivesLessWhenItIsResumed_isRefused() {
    SequenceSource source = SequenceSource.of(List.of(ROWS));
    try (BatchIterator batches = source.batches(Batching.of(4), new BatchPosition(0, 3))) {
      assertThatThrownBy(batches::next)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("gave 3 batches of 4 rows in epoch 0, and was to go on at batch 3");
    }
  }

  @Test
  void sequence_ofNothing_isRefused() {
    assertThatThrownBy(() -> SequenceSource.of(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the sequence gives no rows");
  }

  @Test
  void iteratorsOfNd4j_read_giveTheirRowsInEachEpoch() {
    DataSet all = new DataSet(ROWS.input("row"), Nd4j.arange(11).reshape(11, 1));
    DataSetIterator iterator = new TestDataSetIterator(all, 3);

    for (SequenceSource source :
        List.of(
            SequenceSource.of(iterator),
            SequenceSource.of(new MultiDataSetIteratorAdapter(iterator)))) {
      for (int epoch = 0; epoch < 2; epoch++) {
        try (BatchIterator batches = source.batches(Batching.of(8), epoch)) {
          assertThat(batches.next().target("labels").data().asFloat())
              .containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
          assertThat(batches.next().input("features").data().asFloat())
              .containsExactly(8, -8, 9, -9, 10, -10);
          assertThat(batches.hasNext()).isFalse();
        }
      }
    }
  }

  private static List<List<Integer>> numbers(BatchIterator batches) {
    List<List<Integer>> read = new ArrayList<>();
    try (batches) {
      while (batches.hasNext()) {
        List<Integer> batch = new ArrayList<>();
        for (int number : batches.next().target("number").toIntVector()) {
          batch.add(number);
        }
        read.add(batch);
      }
    }
    return read;
  }
}
