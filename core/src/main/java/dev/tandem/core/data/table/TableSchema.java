package dev.tandem.core.data.table;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.data.Column;
import dev.tandem.core.data.DataFileException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
    SchemaFit fit = SchemaFit.of(this);
    try (CsvRecords records = file.open()) {
      records.require(names());
      for (Optional<Cells> next = records.next(); next.isPresent(); next = records.next()) {
        Cells cells = next.get();
        fit.add(cells, (column, cause) -> records.failure(cells, column, cause));
      }
      return fit.fitted(file.path().toString(), records.columns());
    }
  }

  /**
   * The encoding that follows from rows of any kind, such as those of a database or of Spark.
   *
   * @param name of the table in messages
   * @param rows each by the names of its columns: numbers, texts, or null for a missing value
   * @throws IllegalArgumentException if a row is not one of the schema; names row, column, value
   *     and rule
   * @throws DataFileException if there is no row, or the values of a column cannot be scaled
   * @throws IllegalStateException if the schema has no array
   */
  public TableEncoding fit(
      String name, Iterable<? extends Map<String, ? extends @Nullable Object>> rows) {
    SchemaFit fit = SchemaFit.of(this);
    ImmutableList<String> columns = ImmutableList.of();
    long number = 0;
    for (Map<String, ? extends @Nullable Object> row : rows) {
      String place = "row " + number++ + " of " + name;
      Cells cells = MapCells.of(names(), row, place);
      fit.add(cells, (column, cause) -> MapCells.failure(place, column, cause));
      columns = columns.isEmpty() ? ImmutableList.copyOf(row.keySet()) : columns;
    }
    return fit.fitted(name, columns);
  }

  /** The names of all columns that it reads, each once. */
  public ImmutableList<String> names() {
    return arrays.stream()
        .flatMap(array -> array.columns().stream())
        .map(TableColumn::name)
        .distinct()
        .collect(ImmutableList.toImmutableList());
  }
}
