package dev.tandem.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
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

  @Test
  void sequence_whoseLengthNobodyKnows_isNotDealt() {
    SequenceSource pieces = SequenceSource.of(List.of(rows(4), rows(4)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> pieces.batches(BATCHING.dealt(0, 2), BatchPosition.START))
        .withMessageContaining("cannot be dealt to 2 readers");
    assertThat(read(pieces.batches(BATCHING.dealt(0, 1), BatchPosition.START))).hasSize(4);
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
