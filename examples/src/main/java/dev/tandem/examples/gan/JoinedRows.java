package dev.tandem.examples.gan;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.data.Column;
import dev.tandem.core.data.RowSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The first inputs of several sources, side by side; all of a row are read with the same draw.
 *
 * @param name of the whole
 * @param sources as many rows each
 * @param columns what the input of each is called here
 */
record JoinedRows(String name, ImmutableList<RowSource> sources, ImmutableList<Column> columns)
    implements RowSource {

  /** The first input of a source, under a name, and nothing else of it. */
  static JoinedRows of(String input, RowSource source) {
    return new JoinedRows(
        source.name(), ImmutableList.of(source), ImmutableList.of(column(input, source)));
  }

  /** The first inputs of two sources, under two names: an input and a target. */
  static JoinedRows of(String input, RowSource source, String target, RowSource second) {
    return new JoinedRows(
        source.name(),
        ImmutableList.of(source, second),
        ImmutableList.of(column(input, source), target(column(target, second))));
  }

  private static Column column(String name, RowSource source) {
    return source.firstInput().named(name);
  }

  private static Column target(Column column) {
    return new Column(
        Column.Kind.TARGET,
        column.name(),
        column.sample(),
        column.stored(),
        column.dtype(),
        column.range(),
        column.rounds());
  }

  @Override
  public int size() {
    return sources.get(0).size();
  }

  @Override
  public void read(int column, int row, ByteBuffer into) throws IOException {
    RowSource source = sources.get(column);
    source.read(source.columns().indexOf(source.firstInput()), row, into);
  }

  @Override
  public void read(int column, int row, long draw, ByteBuffer into) throws IOException {
    RowSource source = sources.get(column);
    source.read(source.columns().indexOf(source.firstInput()), row, draw, into);
  }

  @Override
  public String place(int row) {
    List<String> places = sources.stream().map(source -> source.place(row)).distinct().toList();
    return String.join(" and ", places);
  }
}
