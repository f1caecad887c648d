package dev.tandem.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.tensor.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

@Timeout(30)
class RowSourceTest {

  @Test
  void bytes_scaled_areThePixelsOfTheRange() {
    Dataset bytes =
        Dataset.builder()
            .input(
                "image",
                Nd4j.createFromArray(0, 1, 127, 128, 255, 64).castTo(DataType.UINT8).reshape(3, 2))
            .build();
    float[] scaled =
        bytes
            .with("image", column -> column.scaled(PixelRange.MINUS_ONE_TO_ONE))
            .take(3)
            .input("image")
            .data()
            .asFloat();

    PixelRange range = PixelRange.MINUS_ONE_TO_ONE;
    assertThat(scaled)
        .containsExactly(
            range.of(0), range.of(1), range.of(127), range.of(128), range.of(255), range.of(64));
  }

  @Test
  void integers_asInt32_areThoseThatFit() {
    Dataset data = Dataset.builder().target("y", Nd4j.createFromArray(3L, -4L, 5L)).build();
    DataSource ints = data.with("y", column -> column.as(DataType.INT32));

    assertThat(ints.take(3).target("y")).isEqualTo(Nd4j.createFromArray(3, -4, 5));
    assertThat(ints.take(3).target("y").dataType()).isEqualTo(DataType.INT32);
  }

  @Test
  void numberThatWouldChange_read_isRefusedWithItsRowAndTheCallThatRounds() {
    Dataset data =
        Dataset.builder().target("y", Nd4j.createFromArray(0.5, 0.25, 0.1).reshape(3, 1)).build();

    assertThatThrownBy(() -> data.with("y", column -> column.as(DataType.FLOAT)).take(3))
        .isInstanceOf(UnreadableRowException.class)
        .hasMessage(
            "row 2 of the data set cannot be read for target \"y\": target \"y\" holds 0.1 at (0,)"
                + " of a sample, which FLOAT cannot hold; to round or cut off, call"
                + " data.with(\"y\", column -> column.cast(DataType.FLOAT))");
    assertThat(
            data.with("y", column -> column.cast(DataType.FLOAT))
                .take(3)
                .target("y")
                .data()
                .asFloat())
        .containsExactly(0.5f, 0.25f, 0.1f);
  }

  @Test
  void columnThatIsNotThere_changed_isRefusedWithThoseThereAre() {
    assertThatThrownBy(() -> Rows.numbered(3).with("rwo", column -> column))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the data set has no column \"rwo\"; it has [input \"row\" float32 (batch, 2), target"
                + " \"number\" int32 (batch,)]");
  }

  @Test
  void rowThatCannotBeRead_byThreeThreads_reachesTheReaderAtItsBatchWithItsPlace() {
    DataSource torn = new Torn(17).withWorkers(3);
    try (BatchIterator batches = torn.batches(Batching.of(4), 0).prefetched()) {
      for (int i = 0; i < 4; i++) {
        batches.next();
      }
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(batches::next)
            .isInstanceOf(IllegalStateException.class)
            .hasMessage(
                "reading ahead failed at epoch 0, batch 4: picture 17.png of the data set cannot"
                    + " be read for input \"x\": broken pipe")
            .hasRootCauseInstanceOf(IOException.class);
      }
    }
    assertNoThreads();
  }

  @Test
  void batches_closedEarly_leaveNoThread() {
    BatchIterator batches =
        new Torn(100)
            .withWorkers(4)
            .endlessBatches(Batching.of(4), BatchPosition.START)
            .prefetched();
    batches.next();
    batches.close();

    assertNoThreads();
  }

  private static void assertNoThreads() {
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .doesNotContain("tandem-prefetch");
  }

  @Test
  void balancedClasses_shuffled_comeEquallyOften() {
    int[] labels = IntStream.range(0, 60).map(i -> i < 3 ? 0 : i < 20 ? 1 : 2).toArray();
    RowSource data =
        Dataset.builder()
            .input("x", Nd4j.arange(60).castTo(DataType.FLOAT).reshape(60, 1))
            .target("label", Nd4j.createFromArray(labels))
            .build()
            .balancedBy("label");
    Map<Integer, Integer> counts = new HashMap<>();
    try (BatchIterator batches = data.batches(Batching.of(6).shuffled(1), 0)) {
      while (batches.hasNext()) {
        for (int label : batches.next().target("label").toIntVector()) {
          counts.merge(label, 1, Integer::sum);
        }
      }
    }

    assertThat(counts).containsOnly(Map.entry(0, 20), Map.entry(1, 20), Map.entry(2, 20));
    assertThat(data.with("label", c -> c.named("y")).balance()).contains("y");
    try (BatchIterator unshuffled = data.batches(Batching.of(60), 0)) {
      assertThat(unshuffled.next().target("label").toIntVector()).isEqualTo(labels);
    }
  }

  @Test
  void balancing_byAColumnThatHasNoClasses_isRefused() {
    assertThatThrownBy(() -> Rows.numbered(3).balancedBy("row"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no such column called \"row\"");
  }

  @Test
  void mappedFile_ofTheOtherByteOrderBehindAHeader_isReadAsNumbers(@TempDir Path folder)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(4 + 3 * 6).order(ByteOrder.BIG_ENDIAN);
    bytes.putInt(0);
    for (int i = 0; i < 3; i++) {
      bytes.putShort((short) (300 + i)).putFloat(i + 0.5f);
    }
    Path file = Files.write(folder.resolve("rows.bin"), bytes.array());
    MappedRows rows =
        MappedRows.of(
            file,
            4,
            ByteOrder.BIG_ENDIAN,
            Column.target("y", DataType.INT16, Shape.scalar()).as(DataType.INT32),
            Column.input("x", DataType.FLOAT, Shape.of(1)));

    assertThat(rows.size()).isEqualTo(3);
    Dataset read = rows.rows(2, 0);
    assertThat(read.target("y").toIntVector()).containsExactly(302, 300);
    assertThat(read.input("x").data().asFloat()).containsExactly(2.5f, 0.5f);
    assertThatThrownBy(() -> MappedRows.of(file, Column.input("x", DataType.FLOAT, Shape.of(3))))
        .isInstanceOf(DataFileException.class)
        .hasMessageContaining("not a whole number of rows of 12 bytes");
  }

  /** A hundred rows, of which one cannot be read. */
  private record Torn(int at) implements RowSource {

    @Override
    public int size() {
      return 100;
    }

    @Override
    public ImmutableList<Column> columns() {
      return ImmutableList.of(Column.input("x", DataType.FLOAT, Shape.of(1)));
    }

    @Override
    public void read(int column, int row, ByteBuffer into) throws IOException {
      if (row == at) {
        throw new IOException("broken pipe");
      }
      into.putFloat(row);
    }

    @Override
    public String place(int row) {
      return "picture " + row + ".png";
    }
  }
}
