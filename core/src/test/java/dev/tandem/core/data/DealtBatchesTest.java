package dev.tandem.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.tensor.Shape;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.dataset.api.iterator.TestDataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/** Batches that are dealt to several readers. */
class DealtBatchesTest {

  private static final Batching BATCHING = Batching.of(2).shuffled(3);

  private static Dataset rows(int count) {
    return Dataset.builder()
        .input("x", Nd4j.arange(count).castTo(DataType.FLOAT).reshape(count, 1))
        .build();
  }

  private static List<String> read(BatchIterator batches) {
    List<String> all = new ArrayList<>();
    try (batches) {
      while (batches.hasNext()) {
        Batch batch = batches.next();
        all.add(batch.position() + " " + batch.inputs().get("x").toString());
      }
    }
    return all;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void readers_getEachBatchOnce_butThoseThatAreNotEnoughForAll(boolean ahead) {
    Dataset data = rows(22); // eleven batches
    List<String> all = read(data.batches(BATCHING, BatchPosition.START, 2));
    List<List<String>> dealt = new ArrayList<>();
    for (int rank = 0; rank < 3; rank++) {
      BatchIterator mine = data.batches(BATCHING.dealt(rank, 3), BatchPosition.START, 2);
      dealt.add(read(ahead ? mine.prefetched() : mine));
    }
    List<String> together = new ArrayList<>();
    for (int i = 0; i < dealt.get(0).size(); i++) {
      for (List<String> one : dealt) {
        together.add(one.get(i));
      }
    }
    List<String> expected = new ArrayList<>(all.subList(0, 9));
    expected.addAll(all.subList(11, 20));
    assertThat(together).isEqualTo(expected);
  }

  @Test
  void readers_ofAnotherNumber_goOnWhereARunStands() {
    Dataset data = rows(22);
    BatchPosition stopped;
    try (BatchIterator two = data.endlessBatches(BATCHING.dealt(0, 2), BatchPosition.START)) {
      two.next();
      two.next();
      stopped = two.position();
      assertThat(stopped).isEqualTo(new BatchPosition(0, 4));
      assertThat(two.batchesPerEpoch()).hasValue(5);
    }
    List<String> all = read(data.batches(BATCHING, 0));
    for (int rank = 0; rank < 3; rank++) {
      List<String> mine = read(data.batches(BATCHING.dealt(rank, 3), stopped));
      assertThat(mine).containsExactly(all.get(4 + rank), all.get(7 + rank));
    }
    // two are left for three: the next epoch begins
    try (BatchIterator late = data.endlessBatches(BATCHING.dealt(2, 3), new BatchPosition(0, 9))) {
      assertThat(late.position()).isEqualTo(BatchPosition.startOf(1));
      assertThat(late.next().position()).isEqualTo(new BatchPosition(1, 2));
    }
  }

  /** Eleven batches of two rows, or ten and a half, in pieces of other sizes. */
  private static SequenceSource pieces(int rows) {
    Dataset all = rows(rows);
    return SequenceSource.of(List.of(all.slice(0, 1), all.slice(1, 13), all.slice(13, rows)));
  }

  @ParameterizedTest
  @ValueSource(ints = {21, 22})
  void sequence_whoseLengthNobodyKnows_isDealtAsItsRowsWouldBe(int size) {
    Dataset rows = rows(size);
    Batching inOrder = Batching.of(2);
    for (int count = 1; count <= 4; count++) {
      for (int rank = 0; rank < count; rank++) {
        for (Batching batching :
            List.of(inOrder.dealt(rank, count), inOrder.droppingRemainder().dealt(rank, count))) {
          for (int batch : new int[] {0, 4, 8, 9}) {
            BatchPosition from = new BatchPosition(0, batch);
            List<String> expected = read(rows.batches(batching, from, 2));
            assertThat(read(pieces(size).batches(batching, from, 2))).isEqualTo(expected);
            assertThat(read(pieces(size).batches(batching, from, 2).prefetched()))
                .isEqualTo(expected);
          }
        }
      }
    }
  }

  @Test
  void sequence_withFewerBatchesThanReaders_isRefused() {
    try (BatchIterator batches =
        SequenceSource.of(List.of(rows(4)))
            .batches(Batching.of(2).dealt(0, 3), BatchPosition.START)) {
      assertThatIllegalStateException()
          .isThrownBy(batches::next)
          .withMessage(
              "the sequence gave 2 batches of 2 rows in epoch 0, not one for each of 3 readers;"
                  + " make batches smaller, or take fewer");
    }
  }

  /** Numbers that are written down when they are read. */
  private record Counted(int size, Set<Integer> read) implements RowSource {

    @Override
    public ImmutableList<Column> columns() {
      return ImmutableList.of(Column.input("x", DataType.FLOAT, Shape.of(1)));
    }

    @Override
    public void read(int column, int row, ByteBuffer into) {
      assertThat(read.add(row)).isTrue();
      into.putFloat(row);
    }
  }

  @Test
  void reader_readsTheRowsOfItsOwnBatchesAlone() {
    List<Integer> all = new ArrayList<>();
    for (int rank = 0; rank < 3; rank++) {
      Set<Integer> mine = ConcurrentHashMap.newKeySet();
      Counted source = new Counted(24, mine);
      read(source.batches(BATCHING.dealt(rank, 3), BatchPosition.START).prefetched());
      assertThat(mine).hasSize(8);
      all.addAll(mine);
    }
    assertThat(all).doesNotHaveDuplicates().hasSize(24);
  }

  @Test
  void iteratorOfNd4j_thatTwoReadersShare_endsBothRatherThanSplitItsRows() {
    DataSet rows = new DataSet(Nd4j.arange(12).reshape(12, 1), Nd4j.arange(12).reshape(12, 1));
    DataSetIterator shared = new TestDataSetIterator(rows, 2);
    try (BatchIterator first =
            SequenceSource.of(shared).batches(Batching.of(2).dealt(0, 2), BatchPosition.START);
        BatchIterator second =
            SequenceSource.of(shared).batches(Batching.of(2).dealt(1, 2), BatchPosition.START)) {
      first.next();
      second.next();
      first.next(); // was read ahead
      assertThatIllegalStateException()
          .isThrownBy(first::next)
          .withMessageContaining("was reset for another reader")
          .withMessageContaining("an iterator of its own");
      assertThat(second.next().input("features").toFloatVector()).containsExactly(6, 7);
    }
  }

  @Test
  void reader_thatIsNoneOfThem_isRefused() {
    Iterator<int[]> wrong =
        List.of(new int[] {2, 2}, new int[] {-1, 2}, new int[] {0, 0}).iterator();
    wrong.forEachRemaining(
        pair ->
            assertThatIllegalArgumentException()
                .isThrownBy(() -> BATCHING.dealt(pair[0], pair[1]))
                .withMessageContaining("counted from 0"));
  }
}
