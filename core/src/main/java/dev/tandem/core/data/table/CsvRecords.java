package dev.tandem.core.data.table;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.tandem.core.data.DataFileException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** The rows of a CSV file, read one after the other. */
final class CsvRecords implements AutoCloseable {

  private static final int HEAD = 4;
  private static final String MARK = "\u00EF\u00BB\u00BF";
  private static final CsvFactory FACTORY =
      CsvFactory.builder()
          .enable(CsvParser.Feature.WRAP_AS_ARRAY)
          .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
          .enable(CsvParser.Feature.TRIM_SPACES)
          .build();

  private final CsvFile file;
  private final CsvParser parser;
  private ImmutableMap<String, Integer> places = ImmutableMap.of();
  private int line = 1;
  private int row = -1;

  private CsvRecords(CsvFile file, CsvParser parser) {
    this.file = file;
    this.parser = parser;
  }

  /**
   * Opens a file, and reads the names of its columns.
   *
   * @throws DataFileException if it cannot be read, or two columns have one name
   */
  static CsvRecords open(CsvFile file) {
    Path path = file.path();
    try {
      CsvParser parser = FACTORY.createParser(reader(file));
      parser.setSchema(
          CsvSchema.emptySchema()
              .withColumnSeparator(file.delimiter())
              .withQuoteChar(file.quote()));
      CsvRecords records = new CsvRecords(file, parser);
      try {
        records.begin();
        return records;
      } catch (RuntimeException e) {
        records.close();
        throw e;
      }
    } catch (NoSuchFileException e) {
      throw new DataFileException(path.toString(), "does not exist", e);
    } catch (IOException e) {
      throw new DataFileException(path.toString(), "cannot be read (" + e + ")", e);
    }
  }

  private static Reader reader(CsvFile file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file.path()));
    try {
      byte[] head = head(in);
      if (head.length >= 2 && head[0] == 0x1f && head[1] == (byte) 0x8b) {
        in = new BufferedInputStream(new GZIPInputStream(in));
        head = head(in);
      }
      String start = new String(head, StandardCharsets.ISO_8859_1);
      if (start.startsWith("PK") || start.startsWith("PAR1") || start.startsWith("\u00D0\u00CF")) {
        throw new DataFileException(
            file.path().toString(),
            "is no text but a file of a spreadsheet, an archive or Parquet; save it as CSV");
      }
      boolean wide = start.startsWith("\u00FF\u00FE") || start.startsWith("\u00FE\u00FF");
      if (wide && !file.charset().name().startsWith("UTF-16")) {
        throw new DataFileException(
            file.path().toString(),
            "begins as UTF-16 and is read as "
                + file.charset()
                + "; say CsvFile.charset(StandardCharsets.UTF_16)");
      }
      if (start.startsWith(MARK) && file.charset().equals(StandardCharsets.UTF_8)) {
        in.skipNBytes(MARK.length());
      }
      return new InputStreamReader(
          in,
          file.charset()
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT));
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  private static byte[] head(InputStream in) throws IOException {
    in.mark(HEAD);
    byte[] head = in.readNBytes(HEAD);
    in.reset();
    return head;
  }

  private void begin() {
    boolean header = file.names().isEmpty();
    List<String> names = file.names();
    if (header) {
      List<String> first = values();
      if (first == null) {
        throw failure("is empty; its first line has to name the columns");
      }
      names = new ArrayList<>(first);
      names.replaceAll(String::strip);
    }
    Map<String, Integer> at = new HashMap<>();
    ImmutableMap.Builder<String, Integer> all = ImmutableMap.builder();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      Integer twin = at.put(name, i);
      if (twin != null) {
        throw failure(
            String.format(
                Locale.ROOT,
                "columns %d and %d are both called \"%s\"; give each a name of its own",
                twin + 1,
                i + 1,
                name));
      }
      all.put(name, i);
    }
    places = all.buildOrThrow();
  }

  /** The names of the columns in their order. */
  ImmutableList<String> columns() {
    return places.keySet().asList();
  }

  /** The number of the last row in the file, from 0. */
  int row() {
    return row;
  }

  /**
   * The next row; empty behind the last one.
   *
   * @throws DataFileException if it is not one of the table
   */
  Optional<Cells> next() {
    while (true) {
      List<String> values = values();
      if (values == null) {
        return Optional.empty();
      }
      row++;
      if (values.size() != places.size()) {
        throw failure(ragged(values));
      }
      if (file.part().isEmpty() || file.part().get().get(row)) {
        return Optional.of(
            new Cells(
                "line " + line,
                places,
                values.toArray(String[]::new),
                file.decimalComma(),
                file.missingTexts()));
      }
    }
  }

  private String ragged(List<String> values) {
    String problem =
        String.format(
            Locale.ROOT,
            "line %d has %d value%s and %s %d column%s",
            line,
            values.size(),
            values.size() == 1 ? "" : "s",
            file.names().isEmpty() ? "the header" : "the list of names",
            places.size(),
            places.size() == 1 ? "" : "s");
    if (values.size() < places.size()) {
      return problem
          + ", so that \""
          + columns().get(values.size())
          + "\" is the first without one; add what is missing, if need be as empty values";
    }
    return problem
        + (file.delimiter() == ',' && places.size() > 1
            ? "; put values that hold a comma in quotes, or say CsvFile.delimiter(';') and"
                + " withDecimalComma() if that is how it was written"
            : "; put values that hold "
                + NumberText.quoted(String.valueOf(file.delimiter()))
                + " in quotes, or say which delimiter was meant by CsvFile.delimiter(…)");
  }

  /** The values of the next line that is not empty; null behind the last one. */
  private @Nullable List<String> values() {
    try {
      JsonToken token = parser.nextToken();
      while (token == JsonToken.START_ARRAY) {
        line = parser.currentLocation().getLineNr();
        token = parser.nextToken();
      }
      if (token == null || token == JsonToken.END_ARRAY) {
        return null;
      }
      List<String> values = new ArrayList<>();
      while (token != null && token != JsonToken.END_ARRAY) {
        values.add(parser.getText());
        token = parser.nextToken();
      }
      return values;
    } catch (CharacterCodingException e) {
      throw failure(
          String.format(
              Locale.ROOT,
              "holds bytes that are no %s, some lines behind line %d; say which characters it is"
                  + " written in, as CsvFile.charset(StandardCharsets.ISO_8859_1)",
              file.charset(),
              line));
    } catch (StreamReadException e) {
      throw failure(
          String.format(
              Locale.ROOT,
              "the row that begins in line %d cannot be read (%s, in line %d); is there a quote too"
                  + " many or too few? A quote within quotes is written twice",
              line,
              e.getOriginalMessage(),
              e.getLocation().getLineNr()));
    } catch (IOException e) {
      throw failure("cannot be read behind line " + line + " (" + e + ")");
    }
  }

  /** An error that names a column and what is in it. */
  DataFileException failure(Cells cells, String column, BadCell cause) {
    return failure(cells.place() + ", column \"" + column + "\": " + cause.getMessage());
  }

  private DataFileException failure(String problem) {
    return new DataFileException(file.path().toString(), problem);
  }

  /**
   * Refuses columns that are not there.
   *
   * @throws DataFileException that names those there are
   */
  void require(Iterable<String> wanted) {
    for (String name : wanted) {
      if (!places.containsKey(name)) {
        throw failure(
            "has no column \""
                + name
                + "\"; it has "
                + columns()
                + otherDelimiter().orElse(similar(name)));
      }
    }
  }

  private String similar(String name) {
    return columns().stream()
        .filter(there -> there.equalsIgnoreCase(name))
        .findFirst()
        .map(there -> "; names count as they are written: \"" + there + "\"")
        .orElse("");
  }

  private Optional<String> otherDelimiter() {
    return places.size() > 1
        ? Optional.empty()
        : Arrays.stream(new String[] {";", "\t", "|", ","})
            .filter(columns().get(0)::contains)
            .findFirst()
            .map(
                found ->
                    "; if its values are apart by "
                        + (found.equals("\t") ? "tabs" : found)
                        + ", say CsvFile.delimiter('"
                        + found.replace("\t", "\\t")
                        + "')");
  }

  @Override
  public void close() {
    try {
      parser.close();
    } catch (IOException e) {
      throw failure("cannot be closed (" + e + ")");
    }
  }
}
