package dev.tandem.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.memory.conf.WorkspaceConfiguration;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class BatchIteratorTest {

  private static final Batching SHUFFLED = Batching.of(3).shuffled(5);

  @Test
  void unshuffled_read_keepsTheOrderAndTheRemainder() {
    BatchIterator batches = Rows.numbered(5).batches(Batching.of(2), 0);

    Batch first = batches.next();
    assertThat(first.size()).isEqualTo(2);
    assertThat(first.position()).isEqualTo(BatchPosition.START);
    assertThat(first.input("row").toFloatMatrix()).isDeepEqualTo(new float[][] {{0, 0}, {1, -1}});
    assertThat(first.target("number").toIntVector()).containsExactly(0, 1);
    assertThat(batches.next().target("number").toIntVector()).containsExactly(2, 3);
    Batch last = batches.next();
    assertThat(last.size()).isEqualTo(1);
    assertThat(last.input("row").shape()).containsExactly(1, 2);
    assertThat(last.target("number").toIntVector()).containsExactly(4);
    assertThat(batches.hasNext()).isFalse();
    assertThat(batches.batchesPerEpoch()).hasValue(3);
  }

  @Test
  void droppedRemainder_read_leavesRowsOut() {
    BatchIterator batches = Rows.numbered(5).batches(Batching.of(2).droppingRemainder(), 0);

    assertThat(numbers(batches)).containsExactly(0, 1, 2, 3);
    assertThat(batches.batchesPerEpoch()).hasValue(2);
  }

  @Test
  void batchGreaterThanTheData_read_holdsAllRows() {
    assertThat(numbers(Rows.numbered(5).batches(Batching.of(9), 0))).hasSize(5);
  }

  @Test
  void shuffledEpoch_read_holdsEveryRowOnceAndInputsWithTheirTargets() {
    BatchIterator batches = Rows.numbered(100).batches(Batching.of(7).shuffled(1), 2);

    List<Integer> numbers = new ArrayList<>();
    batches.forEachRemaining(
        batch -> {
          int[] targets = batch.target("number").toIntVector();
          for (int i = 0; i < targets.length; i++) {
            assertThat(batch.input("row").getFloat(i, 0)).isEqualTo(targets[i]);
            assertThat(batch.input("row").getFloat(i, 1)).isEqualTo(-targets[i]);
            numbers.add(targets[i]);
          }
        });

    assertThat(numbers)
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 100).boxed().toList())
        .isNotEqualTo(IntStream.range(0, 100).boxed().toList());
  }

  @Test
  void sameSeedAndEpoch_read_giveTheSameBatches() {
    Dataset data = Rows.numbered(20);

    assertThat(numbers(data.batches(SHUFFLED, 4))).isEqualTo(numbers(data.batches(SHUFFLED, 4)));
    assertThat(numbers(data.batches(SHUFFLED, 4)))
        .isNotEqualTo(numbers(data.batches(SHUFFLED, 5)))
        .isNotEqualTo(numbers(data.batches(Batching.of(3).shuffled(6), 4)));
  }

  @Test
  void endless_read_goesThroughTheEpochsInTurn() {
    Dataset data = Rows.numbered(7);
    BatchIterator endless = data.endlessBatches(SHUFFLED, BatchPosition.START);

    List<String> expected = new ArrayList<>(Rows.read(data.batches(SHUFFLED, 0), 3));
    expected.addAll(Rows.read(data.batches(SHUFFLED, 1), 3));

    assertThat(Rows.read(endless, 6)).isEqualTo(expected);
    assertThat(endless.position()).isEqualTo(BatchPosition.startOf(2));
    assertThat(endless.hasNext()).isTrue();
  }

  @Test
  void positionOfAnyBatch_resumed_givesTheSameBatches() {
    Dataset data = Rows.numbered(7);
    List<String> whole = Rows.read(data.endlessBatches(SHUFFLED, BatchPosition.START), 10);

    for (int done = 0; done < 10; done++) {
      BatchIterator interrupted = data.endlessBatches(SHUFFLED, BatchPosition.START);
      Rows.read(interrupted, done);
      BatchIterator resumed = data.endlessBatches(SHUFFLED, interrupted.position());

      assertThat(Rows.read(resumed, 10 - done)).isEqualTo(whole.subList(done, 10));
    }
  }

  @Test
  void epochFromItsMiddle_read_endsWithTheEpoch() {
    BatchIterator batches = Rows.numbered(5).batches(Batching.of(2), new BatchPosition(3, 1));

    assertThat(numbers(batches)).containsExactly(2, 3, 4);
    assertThat(batches.position()).isEqualTo(BatchPosition.startOf(4));
  }

  @Test
  void slice_read_holdsItsRowsOnly() {
    assertThat(numbers(Rows.numbered(10).slice(3, 6).batches(SHUFFLED, 0)))
        .containsExactlyInAnyOrder(3, 4, 5);
  }

  @Test
  void fullBatches_read_shareTheirArrays() {
    BatchIterator batches = Rows.numbered(6).batches(Batching.of(2), 0);

    INDArray first = batches.next().input("row");

    assertThat(first.ordering()).isEqualTo('c');
    assertThat(first.dataType()).isEqualTo(DataType.FLOAT);
    assertThat(batches.next().input("row")).isSameAs(first);
  }

  @Test
  void everyElementType_read_isKept() {
    for (DataType type :
        new DataType[] {
          DataType.DOUBLE,
          DataType.INT64,
          DataType.INT32,
          DataType.UINT8,
          DataType.FLOAT16,
          DataType.BOOL
        }) {
      INDArray column = Nd4j.createFromArray(0, 1, 0, 1, 1, 1).castTo(type).reshape(6, 1);
      Dataset data = Dataset.builder().input("x", column).build();
      BatchIterator batches = data.batches(Batching.of(4), 0);

      INDArray first = batches.next().input("x");
      assertThat(first.dataType()).isEqualTo(type);
      assertThat(first.castTo(DataType.INT32).ravel().toIntVector()).containsExactly(0, 1, 0, 1);
      assertThat(batches.next().input("x").castTo(DataType.INT32).ravel().toIntVector())
          .containsExactly(1, 1);
    }
  }

  @Test
  void batchesMadeInAWorkspace_readOutsideIt_areWhole() {
    WorkspaceConfiguration config = WorkspaceConfiguration.builder().initialSize(1 << 16).build();
    Dataset data;
    BatchIterator batches;
    try (MemoryWorkspace workspace =
        Nd4j.getWorkspaceManager().getAndActivateWorkspace(config, "data-test")) {
      assertThat(workspace.isScopeActive()).isTrue();
      data = Dataset.builder().input("x", Nd4j.ones(DataType.FLOAT, 4, 2)).build();
      batches = data.batches(Batching.of(4), 0);
      assertThat(batches.next().input("x").isAttached()).isFalse();
    }

    assertThat(data.input("x").isAttached()).isFalse();
    assertThat(data.batches(Batching.of(4), 0).next().input("x").sumNumber().intValue())
        .isEqualTo(8);
  }

  @Test
  void end_readOn_isRefused() {
    BatchIterator batches = Rows.numbered(2).batches(Batching.of(2), 0);
    batches.next();

    assertThatThrownBy(batches::next)
        .isInstanceOf(NoSuchElementException.class)
        .hasMessage("the epoch ends before epoch 1, batch 0");
  }

  @Test
  void closed_readOn_isRefused() {
    BatchIterator batches = Rows.numbered(4).batches(Batching.of(2), 0);
    batches.next();
    batches.close();

    assertThatThrownBy(batches::next)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "batches are closed at epoch 0, batch 1; ask the data set for new ones from there");
  }

  @Test
  void batchSizeZero_made_isRefused() {
    assertThatThrownBy(() -> Batching.of(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("batch size is not at least 1: 0");
  }

  @Test
  void batchGreaterThanTheData_withoutRemainder_isRefused() {
    assertThatThrownBy(() -> Rows.numbered(5).batches(Batching.of(6).droppingRemainder(), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "batch size 6 is greater than the 5 rows of the data set, and the remainder is dropped:"
                + " there would be no batch; keep the remainder or make batches smaller");
  }

  @Test
  void positionBehindTheEpoch_resumed_isRefused() {
    assertThatThrownBy(() -> Rows.numbered(5).batches(SHUFFLED, new BatchPosition(1, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "batch 2 is not in [0, 2), the batches that 5 rows give in batches of 3; does the"
                + " position belong to other data or another batch size?");
  }

  @Test
  void negativePosition_made_isRefused() {
    assertThatThrownBy(() -> new BatchPosition(0, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("batch position has a negative number: epoch 0, batch -1");
  }

  private static List<Integer> numbers(BatchIterator batches) {
    List<Integer> numbers = new ArrayList<>();
    batches.forEachRemaining(
        batch -> {
          for (int number : batch.target("number").toIntVector()) {
            numbers.add(number);
          }
        });
    return numbers;
  }
}
