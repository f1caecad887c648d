package dev.tandem.core.data.table;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.data.Column;
import dev.tandem.core.data.DataFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which columns of a table become which inputs and targets:
 *
 * <pre>{@code
 * TableSchema.empty()
 *     .input("features", number("area").standardized(), category("heating").oneHot())
 *     .target("price", number("price"))
 * }</pre>
 *
 * <p>Immutable. An array of numbers is float32 (batch, numbers), in the order of its columns; one
 * of an index is int32 (batch,).
 *
 * @param arrays in their order
 */
public record TableSchema(ImmutableList<TableArray> arrays) {

  /** No array. */
  public static TableSchema empty() {
    return new TableSchema(ImmutableList.of());
  }

  /**
   * The same with one more input.
   *
   * @param name that no other input has
   * @param columns what it is made of: numbers, or one index
   * @throws IllegalArgumentException if the name is taken, or columns do not go together
   */
  public TableSchema input(String name, TableColumn... columns) {
    return with(new TableArray(Column.Kind.INPUT, name, ImmutableList.copyOf(columns)));
  }

  /**
   * The same with one more target.
   *
   * @param name that no other target has
   * @param columns what it is made of: numbers, or one index
   * @throws IllegalArgumentException if the name is taken, or columns do not go together
   */
  public TableSchema target(String name, TableColumn... columns) {
    return with(new TableArray(Column.Kind.TARGET, name, ImmutableList.copyOf(columns)));
  }

  private TableSchema with(TableArray array) {
    for (TableArray other : arrays) {
      if (other.kind() == array.kind() && other.name().equals(array.name())) {
        throw new IllegalArgumentException(
            array.kind() + " \"" + array.name() + "\" is there already; take another name");
      }
    }
    return new TableSchema(ImmutableList.<TableArray>builder().addAll(arrays).add(array).build());
  }

  /**
   * The encoding that follows from the rows of a file: vocabularies, means, scales. Fit it to the
   * rows to train with and to no others, so that nothing of the test rows is in it.
   *
   * @throws DataFileException if a row is not one of the schema; names line, column, value and rule
   * @throws IllegalStateException if the schema has no array
   */
  public TableEncoding fit(CsvFile file) {
    if (arrays.isEmpty()) {
      throw new IllegalStateException("a schema needs at least one array; call input first");
    }
    List<List<ColumnFit>> fits = new ArrayList<>();
    for (TableArray array : arrays) {
      fits.add(array.plainColumns().stream().map(ColumnFit::of).toList());
    }
    int rows = 0;
    try (CsvRecords records = file.open()) {
      records.require(names());
      for (Optional<Cells> next = records.next(); next.isPresent(); next = records.next()) {
        for (List<ColumnFit> some : fits) {
          for (ColumnFit fit : some) {
            try {
              fit.add(next.get());
            } catch (BadCell e) {
              throw records.failure(next.get(), fit.name(), e);
            }
          }
        }
        rows++;
      }
      if (rows == 0) {
        throw new DataFileException(
            file.path().toString(), "has no rows; there is nothing to fit a schema to");
      }
      return fitted(file, records.columns(), fits);
    }
  }

  private TableEncoding fitted(
      CsvFile file, ImmutableList<String> columns, List<List<ColumnFit>> fits) {
    ImmutableList.Builder<EncodedArray> encoded = ImmutableList.builder();
    ImmutableList.Builder<String> notes = ImmutableList.builder();
    for (int i = 0; i < fits.size(); i++) {
      ImmutableList.Builder<FittedColumn> fitted = ImmutableList.builder();
      for (ColumnFit fit : fits.get(i)) {
        try {
          fitted.add(fit.fitted());
        } catch (BadCell e) {
          throw new DataFileException(
              file.path().toString(), "column \"" + fit.name() + "\" " + e.getMessage(), e);
        }
        fit.note().ifPresent(note -> notes.add("\"" + fit.name() + "\" " + note));
      }
      TableArray array = arrays.get(i);
      encoded.add(new EncodedArray(array.kind(), array.name(), fitted.build(), array.isWeighted()));
    }
    List<String> unused = new ArrayList<>(columns);
    unused.removeAll(names());
    if (!unused.isEmpty()) {
      notes.add("not used: " + String.join(", ", unused));
    }
    return new TableEncoding(encoded.build(), notes.build());
  }

  private ImmutableList<String> names() {
    return arrays.stream()
        .flatMap(array -> array.columns().stream())
        .map(TableColumn::name)
        .collect(ImmutableList.toImmutableList());
  }
}
