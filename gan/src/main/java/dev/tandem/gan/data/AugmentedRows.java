package dev.tandem.gan.data;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.data.Column;
import dev.tandem.core.data.RowSource;
import dev.tandem.core.op.random.CounterRandom;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.nd4j.linalg.api.buffer.DataType;

/** Rows with one column of images changed by chance when they are read for a batch. */
final class AugmentedRows implements RowSource {

  private final RowSource source;
  private final RowAugmentation augmentation;
  private final ImmutableList<Column> columns;
  private final int index;

  AugmentedRows(RowSource source, String input, RowAugmentation augmentation) {
    this.source = source;
    this.augmentation = augmentation;
    this.columns = source.columns();
    this.index = index(input);
  }

  private int index(String input) {
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      if (column.kind() == Column.Kind.INPUT
          && column.name().equals(input)
          && column.stored() == DataType.UINT8
          && column.sample().rank() == 3) {
        return i;
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
    if (column != index) {
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
