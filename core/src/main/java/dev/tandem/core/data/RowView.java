package dev.tandem.core.data;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** Some rows of a source, with columns converted otherwise or more threads that read. */
record RowView(RowSource source, ImmutableList<Column> columns, int workers, int first, int size)
    implements RowSource {

  /** All of a source. */
  static RowView of(RowSource source) {
    return source instanceof RowView view
        ? view
        : new RowView(source, source.columns(), source.workers(), 0, source.size());
  }

  @Override
  public String name() {
    return source.name();
  }

  @Override
  public void read(int column, int row, ByteBuffer into) throws IOException {
    source.read(column, first + row, into);
  }

  @Override
  public void read(int column, int row, long draw, ByteBuffer into) throws IOException {
    source.read(column, first + row, draw, into);
  }

  @Override
  public String place(int row) {
    return source.place(first + row);
  }

  @Override
  public RowView withWorkers(int threads) {
    return new RowView(source, columns, Columns.requireWorkers(threads), first, size);
  }

  @Override
  public RowView with(String column, UnaryOperator<Column> change) {
    return new RowView(source, Columns.with(name(), columns, column, change), workers, first, size);
  }

  @Override
  public RowView slice(int from, int to) {
    requirePart(from, to, size);
    return new RowView(source, columns, workers, first + from, to - from);
  }

  static void requirePart(int from, int to, int size) {
    if (from < 0 || from >= to || to > size) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "slice [%d, %d) is not a part of at least one row of [0, %d)",
              from,
              to,
              size));
    }
  }
}
