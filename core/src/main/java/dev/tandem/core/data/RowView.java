package dev.tandem.core.data;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/**
 * Some rows of a source, with columns converted otherwise, more threads that read, or classes that
 * come equally often.
 *
 * @param by the column whose classes do
 */
record RowView(
    RowSource source,
    ImmutableList<Column> columns,
    int workers,
    int first,
    int size,
    OptionalInt by)
    implements RowSource {

  /** All of a source. */
  static RowView of(RowSource source) {
    return source instanceof RowView view
        ? view
        : new RowView(
            source, source.columns(), source.workers(), 0, source.size(), OptionalInt.empty());
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
    return new RowView(source, columns, Columns.requireWorkers(threads), first, size, by);
  }

  @Override
  public RowView with(UnaryOperator<Column> change) {
    return new RowView(source, Columns.with(name(), columns, change), workers, first, size, by);
  }

  @Override
  public RowView slice(int from, int to) {
    requirePart(from, to, size);
    return new RowView(source, columns, workers, first + from, to - from, by);
  }

  @Override
  public RowView balancedBy(String column) {
    OptionalInt by = OptionalInt.of(WholeNumbers.require(this, column));
    return new RowView(source, columns, workers, first, size, by);
  }

  @Override
  public Optional<String> balance() {
    return by.isEmpty() ? Optional.empty() : Optional.of(columns.get(by.getAsInt()).name());
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
