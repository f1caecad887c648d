package dev.tandem.core.data.table;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.data.DataFileException;
import java.util.ArrayList;
import java.util.List;

/** What is learned of all columns of a schema, row by row. */
final class SchemaFit {

  private final TableSchema schema;
  private final List<List<ColumnFit>> fits = new ArrayList<>();
  private long rows;

  private SchemaFit(TableSchema schema) {
    this.schema = schema;
    for (TableArray array : schema.arrays()) {
      fits.add(array.plainColumns().stream().map(ColumnFit::of).toList());
    }
  }

  /**
   * Nothing learned yet.
   *
   * @throws IllegalStateException if the schema has no array
   */
  static SchemaFit of(TableSchema schema) {
    if (schema.arrays().isEmpty()) {
      throw new IllegalStateException("a schema needs at least one array; call input first");
    }
    return new SchemaFit(schema);
  }

  void add(Cells cells, EncodedArray.Failure failure) {
    for (List<ColumnFit> some : fits) {
      for (ColumnFit fit : some) {
        try {
          fit.add(cells);
        } catch (BadCell e) {
          throw failure.of(fit.name(), e);
        }
      }
    }
    rows++;
  }

  /**
   * What was learned.
   *
   * @param name of the table in messages
   * @param columns all that it has
   */
  TableEncoding fitted(String name, List<String> columns) {
    if (rows == 0) {
      throw new DataFileException(name, "has no rows; there is nothing to fit a schema to");
    }
    ImmutableList.Builder<EncodedArray> encoded = ImmutableList.builder();
    ImmutableList.Builder<String> notes = ImmutableList.builder();
    for (int i = 0; i < fits.size(); i++) {
      ImmutableList.Builder<FittedColumn> fitted = ImmutableList.builder();
      for (ColumnFit fit : fits.get(i)) {
        try {
          fitted.add(fit.fitted());
        } catch (BadCell e) {
          throw new DataFileException(name, "column \"" + fit.name() + "\" " + e.getMessage(), e);
        }
        fit.note().ifPresent(note -> notes.add("\"" + fit.name() + "\" " + note));
      }
      TableArray array = schema.arrays().get(i);
      encoded.add(new EncodedArray(array.kind(), array.name(), fitted.build(), array.isWeighted()));
    }
    List<String> unused = new ArrayList<>(columns);
    unused.removeAll(schema.names());
    if (!unused.isEmpty()) {
      notes.add("not used: " + String.join(", ", unused));
    }
    return new TableEncoding(encoded.build(), notes.build());
  }
}
