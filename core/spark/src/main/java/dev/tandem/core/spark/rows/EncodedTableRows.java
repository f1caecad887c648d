package dev.tandem.core.spark.rows;

import dev.tandem.core.data.table.TableEncoding;
import java.io.Serial;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** Rows of a table as an encoding makes them. */
final class EncodedTableRows implements RowWriter<Row> {

  @Serial private static final long serialVersionUID = 1L;

  private final ArrayList<String> names;
  private final String text;
  private transient volatile @Nullable TableEncoding encoding;

  /**
   * Rows of columns.
   *
   * @param names of the columns in their order
   * @param text of the encoding
   */
  EncodedTableRows(List<String> names, String text) {
    this.names = new ArrayList<>(names);
    this.text = text;
  }

  @Override
  public void write(Row row, ByteBuffer into) {
    TableEncoding known = encoding;
    if (known == null) {
      known = TableEncoding.ofText(text);
      encoding = known;
    }
    known.write(values(row), "as a row of the table", into);
  }

  /** The values of a row by the names of the columns. */
  Map<String, @Nullable Object> values(Row row) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      values.put(names.get(i), row.get(i));
    }
    return values;
  }
}
