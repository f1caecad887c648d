package dev.tandem.core.data.table;

import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import com.google.common.collect.ImmutableList;
import dev.tandem.core.data.DataFileException;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes rows as a CSV file. */
final class CsvWriter {

  private CsvWriter() {}

  static void write(CsvFile file, List<? extends Map<String, ? extends @Nullable Object>> rows) {
    ImmutableList<String> columns = columns(file, rows);
    Path path = file.path();
    Path part = path.resolveSibling(path.getFileName() + ".part");
    try {
      try (Writer out = Files.newBufferedWriter(part, file.charset());
          CsvGenerator generator = new CsvFactory().createGenerator(out)) {
        CsvSchema.Builder schema = CsvSchema.builder();
        columns.forEach(schema::addColumn);
        CsvSchema plain =
            schema.build().withColumnSeparator(file.delimiter()).withQuoteChar(file.quote());
        generator.setSchema(file.names().isEmpty() ? plain.withHeader() : plain);
        for (Map<String, ? extends @Nullable Object> row : rows) {
          generator.writeStartArray();
          for (String column : columns) {
            generator.writeString(text(row.get(column), file.decimalComma()));
          }
          generator.writeEndArray();
        }
      }
      Files.move(part, path, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new DataFileException(
          path.toString(), "cannot be written (" + e + "); what was there before is untouched", e);
    } finally {
      part.toFile().delete();
    }
  }

  private static ImmutableList<String> columns(
      CsvFile file, List<? extends Map<String, ? extends @Nullable Object>> rows) {
    if (rows.isEmpty()) {
      throw new IllegalArgumentException("there are no rows to write to " + file.path());
    }
    ImmutableList<String> columns =
        file.names().isEmpty() ? ImmutableList.copyOf(rows.get(0).keySet()) : file.names();
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).size() != columns.size() || !rows.get(i).keySet().containsAll(columns)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "row %d has the columns %s, and those of the file are %s",
                i,
                rows.get(i).keySet(),
                columns));
      }
    }
    return columns;
  }

  private static String text(@Nullable Object value, boolean comma) {
    if (value == null) {
      return "";
    }
    return value instanceof Number && comma ? value.toString().replace('.', ',') : value.toString();
  }
}
