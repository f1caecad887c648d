package dev.tandem.core.data;

import com.google.common.collect.ImmutableList;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import dev.tandem.core.tensor.Shape;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A short text that tells data apart: of names, types, shapes, and rows, which are from all over
 * the data where it has rows, and else the first ones.
 */
public final class DataDigest {

  private static final int ROWS = 64;
  private static final int LETTERS = 16;

  private DataDigest() {}

  /**
   * The digest of data sets.
   *
   * @return hexadecimal digits
   */
  public static String of(List<? extends DataSource> sets) {
    Hasher hasher = Hashing.sha256().newHasher();
    sets.forEach(set -> add(hasher, set));
    return hasher.hash().toString().substring(0, LETTERS);
  }

  /**
   * What tells a data set from others, a line each: the number of rows, columns, an order of
   * classes, and the digest. Its name is none of it, so that copies in other places are alike.
   *
   * @param what it is called, as in {@code data}
   */
  public static ImmutableList<String> lines(String what, DataSource set) {
    ImmutableList.Builder<String> lines = ImmutableList.builder();
    lines.add(
        what
            + (set.rows().isPresent()
                ? " of " + set.rows().getAsInt() + " rows"
                : " of rows that nobody has counted"));
    set.columns().forEach(column -> lines.add(what + " with " + column));
    if (set instanceof RowSource rows) {
      lines.add(what + " balanced by " + rows.balance().orElse("nothing"));
    }
    lines.add(what + " whose rows have the digest " + of(ImmutableList.of(set)));
    return lines.build();
  }

  private static void add(Hasher hasher, DataSource set) {
    if (set instanceof RowSource rows) {
      long size = rows.size();
      int some = (int) Math.min(ROWS, size);
      Dataset sample =
          rows.rows(IntStream.range(0, some).map(i -> (int) (i * size / some)).toArray());
      add(hasher, set, sample.inputs(), sample.targets());
    } else if (set instanceof SequenceSource sequence && sequence.isOnce()) {
      add(hasher, set, Map.of(), Map.of()); // looking at rows would be reading them
    } else {
      try (BatchIterator batches = set.batches(Batching.of(ROWS), 0)) {
        Batch first = batches.next();
        add(hasher, set, first.inputs(), first.targets());
      }
    }
  }

  private static void add(
      Hasher hasher, DataSource set, Map<String, INDArray> inputs, Map<String, INDArray> targets) {
    for (Column column : set.columns()) {
      hasher.putString(column.name(), StandardCharsets.UTF_8);
      hasher.putString(column.dtype().name(), StandardCharsets.UTF_8);
      long rows = set.rows().orElse((int) Shape.BATCH);
      for (long size : column.sample().prepend(rows).toArray()) {
        hasher.putLong(size);
      }
      INDArray array = (column.kind() == Column.Kind.INPUT ? inputs : targets).get(column.name());
      for (long row = 0; array != null && row < array.size(0); row++) {
        row(hasher, array, row);
      }
    }
  }

  private static void row(Hasher hasher, INDArray array, long row) {
    try (INDArray one =
        array.get(NDArrayIndex.interval(row, row + 1)).castTo(DataType.DOUBLE).dup('c')) {
      for (double value : one.reshape(one.length()).toDoubleVector()) {
        hasher.putDouble(value);
      }
    }
  }
}
