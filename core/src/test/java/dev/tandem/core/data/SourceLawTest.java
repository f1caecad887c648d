package dev.tandem.core.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.tensor.Shape;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A batch is a function of source, batching and position: of all kinds of sources. */
@Timeout(60)
class SourceLawTest {

  @TempDir static Path folder;

  static Stream<Map.Entry<String, DataSource>> sources() throws Exception {
    Map<String, DataSource> sources = new TreeMap<>();
    Dataset rows = Rows.numbered(23);
    sources.put("data set", rows);
    sources.put("slice", rows.slice(3, 20));
    sources.put("converted", rows.with("row", column -> column.as(DataType.DOUBLE)));
    sources.put("own rows", new Numbered(23));
    sources.put("balanced", labeled(23).balancedBy("number"));
    sources.put("mapped file", mapped(23));
    sources.put("generated", new Counting().withEpochsOf(5));
    sources.put("pieces", SequenceSource.of(List.of(rows.slice(0, 2), rows.slice(2, 23))));
    return sources.entrySet().stream();
  }

  @ParameterizedTest
  @MethodSource("sources")
  void batch_fromAnyPositionByAnyNumberOfThreads_isTheSame(Map.Entry<String, DataSource> named) {
    DataSource source = named.getValue();
    Random random = new Random(1);
    for (Batching batching :
        List.of(
            Batching.of(4),
            Batching.of(5).shuffled(9),
            Batching.of(4).shuffled(9).droppingRemainder())) {
      List<String> whole = new ArrayList<>();
      List<BatchPosition> places = new ArrayList<>();
      try (BatchIterator direct = source.batches(batching, BatchPosition.START, 3)) {
        while (direct.hasNext()) {
          places.add(direct.position());
          whole.add(text(direct.next()));
        }
      }
      assertThat(places).last().extracting(BatchPosition::epoch).isEqualTo(2);
      for (int workers : new int[] {1, 3}) {
        int from = random.nextInt(whole.size());
        try (BatchIterator ahead =
            source.withWorkers(workers).batches(batching, places.get(from), 3).prefetched()) {
          for (int i = from; i < whole.size(); i++) {
            assertThat(ahead.position()).isEqualTo(places.get(i));
            assertThat(text(ahead.next())).as("%s from %s", batching, from).isEqualTo(whole.get(i));
          }
          assertThat(ahead.hasNext()).isFalse();
        }
      }
    }
  }

  private static String text(Batch batch) {
    return batch.position() + " " + batch.inputs() + batch.targets() + batch.place(0);
  }

  private static Dataset labeled(int size) {
    int[] labels = new int[size];
    for (int i = 0; i < size; i++) {
      labels[i] = i < 2 ? 7 : i < 9 ? 1 : 0;
    }
    return Dataset.builder()
        .input("row", Rows.numbered(size).input("row"))
        .target("number", Nd4j.createFromArray(labels))
        .build();
  }

  private static DataSource mapped(int size) throws Exception {
    byte[] bytes = new byte[size * 5];
    new Random(2).nextBytes(bytes);
    Path file = Files.write(folder.resolve("rows.bin"), bytes);
    return MappedRows.of(
        file,
        Column.target("label", DataType.INT8, Shape.scalar()),
        Column.input("image", DataType.UINT8, Shape.of(2, 2)).scaled(PixelRange.MINUS_ONE_TO_ONE));
  }

  /** Rows of i and the double of it. */
  private record Numbered(int size) implements RowSource {

    @Override
    public ImmutableList<Column> columns() {
      return ImmutableList.of(
          Column.input("x", DataType.FLOAT, Shape.of(2)),
          Column.target("y", DataType.INT64, Shape.scalar()).as(DataType.INT32));
    }

    @Override
    public void read(int column, int row, ByteBuffer into) {
      if (column == 0) {
        into.putFloat(row).putFloat(2 * row);
      } else {
        into.putLong(row);
      }
    }
  }

  /** The seed, the step and the row. */
  private static final class Counting implements GeneratedSource {

    @Override
    public String name() {
      return "counting";
    }

    @Override
    public ImmutableList<Column> columns() {
      return ImmutableList.of(Column.input("x", DataType.DOUBLE, Shape.of(3)).as(DataType.FLOAT));
    }

    @Override
    public void fill(long seed, long step, List<INDArray> batch) {
      for (int i = 0; i < batch.get(0).size(0); i++) {
        batch.get(0).putScalar(i, 0, seed);
        batch.get(0).putScalar(i, 1, step);
        batch.get(0).putScalar(i, 2, i);
      }
    }
  }
}
