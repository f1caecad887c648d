package dev.tandem.core.spark.rows;

import com.google.common.collect.Iterators;
import dev.tandem.core.data.Column;
import dev.tandem.core.data.DataFileException;
import dev.tandem.core.data.table.TableEncoding;
import dev.tandem.core.data.table.TableSchema;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;

/**
 * Tables of Spark SQL, such as those of Parquet files, as {@link SparkRows}. It needs Spark SQL on
 * the cluster, which a distribution of Spark has.
 *
 * <pre>{@code
 * Dataset<Row> flats = spark.read().parquet("hdfs:///flats").orderBy("id");
 * TableEncoding encoding = SparkTables.fit(flats, schema);
 * SparkRows rows = SparkTables.write(flats, "hdfs:///runs/7/rows", encoding);
 * }</pre>
 *
 * <p>Rows are numbered in the order in which Spark gives them. That of Parquet files depends on how
 * many cores read them: sort by a key where the same rows, written again, are to have the same
 * numbers.
 */
public final class SparkTables {

  private SparkTables() {}

  /**
   * The encoding that follows from the rows of a table: vocabularies, means, scales. The driver
   * reads the columns of the schema row by row, a partition at a time.
   *
   * @throws IllegalArgumentException if the table lacks a column, or has one of another kind than
   *     numbers, texts and booleans, or a row is none of the schema; names it
   */
  public static TableEncoding fit(Dataset<Row> table, TableSchema schema) {
    List<String> names = schema.names();
    Dataset<Row> columns = columns(table, names);
    EncodedTableRows rows = new EncodedTableRows(names, "");
    return schema.fit(
        "the table", () -> Iterators.transform(columns.toLocalIterator(), rows::values));
  }

  /**
   * Writes the rows of a table as an encoding makes them.
   *
   * @param folder as of {@link SparkRows#write}
   * @throws UnwritableRowException if a row cannot be encoded; names row, column, value and rule
   * @throws IllegalArgumentException if the table lacks a column, or has one of another kind than
   *     numbers, texts and booleans
   * @throws DataFileException if there are rows in the folder already, it cannot be written, or
   *     there are none to write
   */
  public static SparkRows write(Dataset<Row> table, String folder, TableEncoding encoding) {
    List<String> names = encoding.names();
    return SparkRows.write(
        columns(table, names).javaRDD(),
        folder,
        new EncodedTableRows(names, encoding.text()),
        encoding.columns().toArray(Column[]::new));
  }

  /**
   * Writes columns of a table as they are: numbers, booleans, arrays of numbers, and binary values,
   * whose bytes are the numbers of uint8 and int8 columns, as the levels of pictures.
   *
   * @param folder as of {@link SparkRows#write}
   * @param columns named as those of the table
   * @throws UnwritableRowException if a value is missing, or none that its column holds; names row
   *     and column
   * @throws IllegalArgumentException if the table lacks a column
   * @throws DataFileException if there are rows in the folder already, it cannot be written, or
   *     there are none to write
   */
  public static SparkRows write(Dataset<Row> table, String folder, Column... columns) {
    List<String> names = Arrays.stream(columns).map(Column::name).toList();
    return SparkRows.write(
        selected(table, names).javaRDD(), folder, new ColumnRows(List.of(columns)), columns);
  }

  /** The columns of a schema, which are of kinds that it knows. */
  private static Dataset<Row> columns(Dataset<Row> table, List<String> names) {
    Dataset<Row> selected = selected(table, names);
    for (StructField field : selected.schema().fields()) {
      if (!(field.dataType() instanceof NumericType
          || field.dataType() instanceof StringType
          || field.dataType() instanceof BooleanType)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "column \"%s\" is of type %s, and a schema takes numbers, texts and booleans; make"
                    + " one of these of it in Spark, as year(col(\"%s\")), or leave it out",
                field.name(),
                field.dataType().simpleString(),
                field.name()));
      }
    }
    return selected;
  }

  private static Dataset<Row> selected(Dataset<Row> table, List<String> names) {
    List<String> there = List.of(table.columns());
    for (String name : names) {
      if (!there.contains(name)) {
        throw new IllegalArgumentException(
            "the table has no column \"" + name + "\"; it has " + there);
      }
    }
    Stream<org.apache.spark.sql.Column> columns =
        names.stream().map(name -> functions.col("`" + name.replace("`", "``") + "`"));
    return table.select(columns.toArray(org.apache.spark.sql.Column[]::new));
  }
}
