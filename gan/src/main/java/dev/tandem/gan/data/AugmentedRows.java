package dev.tandem.gan.data;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.tandem.core.data.Column;
import dev.tandem.core.data.RowSource;
import dev.tandem.core.op.random.CounterRandom;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.nd4j.linalg.api.buffer.DataType;

/** Rows with columns of images changed by chance when they are read for a batch. */
final class AugmentedRows implements RowSource {

  private final RowSource source;
  private final RowAugmentation augmentation;
  private final ImmutableList<Column> columns;
  private final ImmutableSet<String> inputs;

  AugmentedRows(RowSource source, ImmutableSet<String> inputs, RowAugmentation augmentation) {
    this.source = source;
    this.augmentation = augmentation;
    this.columns = source.columns();
    this.inputs = inputs;
    inputs.forEach(this::require);
  }

  private void require(String input) {
    for (Column column : columns) {
      if (isOf(column, input) && column.stored() == DataType.UINT8 && column.sample().rank() == 3) {
        return;
      }
    }
    throw new IllegalArgumentException(
        "augmentation is of an input of bytes (height, width, channels), and \""
            + input
            + "\" is none of "
            + source.name()
            + ": "
            + columns);
  }

  private static boolean isOf(Column column, String input) {
    return column.kind() == Column.Kind.INPUT && column.name().equals(input);
  }

  @Override
  public String name() {
    return source.name();
  }

  @Override
  public ImmutableList<Column> columns() {
    return columns;
  }

  @Override
  public int size() {
    return source.size();
  }

  @Override
  public int workers() {
    return source.workers();
  }

  /** The row as it is. */
  @Override
  public void read(int column, int row, ByteBuffer into) throws IOException {
    source.read(column, row, into);
  }

  @Override
  public void read(int column, int row, long draw, ByteBuffer into) throws IOException {
    if (inputs.stream().noneMatch(input -> isOf(columns.get(column), input))) {
      source.read(column, row, draw, into);
      return;
    }
    byte[] levels = new byte[columns.get(column).bytes()];
    source.read(column, row, draw, ByteBuffer.wrap(levels));
    into.put(ImageChange.drawn(augmentation, CounterRandom.of(draw)).apply(levels, shape(column)));
  }

  private ArrayLayout shape(int column) {
    long[] shape = columns.get(column).sample().toArray();
    return new ArrayLayout(new ImageSize((int) shape[0], (int) shape[1]), (int) shape[2], false);
  }

  @Override
  public String place(int row) {
    return source.place(row);
  }
}
