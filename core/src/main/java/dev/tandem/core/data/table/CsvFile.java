package dev.tandem.core.data.table;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.tandem.core.data.DataFileException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A table in a text file, and how it is written: {@code
 * CsvFile.of(path).delimiter(';').withDecimalComma()}. Values are apart by commas, the first line
 * names the columns, a value in double quotes may hold anything, a quote itself twice; lines end in
 * any of the usual ways, empty ones are passed over. Blanks around values do not count. The text is
 * UTF-8, with or without a byte order mark; a file may be compressed by gzip. It is read from its
 * beginning each time.
 *
 * @param path of the file
 * @param delimiter between values
 * @param quote around values
 * @param names of the columns; if there are none, the first line has them
 * @param decimalComma whether fractions begin with a comma
 * @param missingTexts texts that stand for missing values, besides the empty one
 * @param charset of the text
 * @param part the rows that are taken, by their numbers; all if there is none
 */
public record CsvFile(
    Path path,
    char delimiter,
    char quote,
    ImmutableList<String> names,
    boolean decimalComma,
    ImmutableSet<String> missingTexts,
    Charset charset,
    Optional<BitSet> part) {

  /**
   * Two parts of the rows of a file.
   *
   * @param first some of the rows
   * @param rest the others
   */
  public record Parts(CsvFile first, CsvFile rest) {}

  /**
   * Checks that one character is not used for two things.
   *
   * @throws IllegalArgumentException if it is
   */
  public CsvFile {
    if (delimiter == quote || delimiter == '\n' || delimiter == '\r') {
      throw new IllegalArgumentException(
          "the delimiter of values is neither the quote nor the end of a line: "
              + NumberText.quoted(String.valueOf(delimiter)));
    }
    part = part.map(rows -> (BitSet) rows.clone());
  }

  /** A file with commas between values, in UTF-8, whose first line names the columns. */
  public static CsvFile of(Path path) {
    return new CsvFile(
        path,
        ',',
        '"',
        ImmutableList.of(),
        false,
        ImmutableSet.of(),
        StandardCharsets.UTF_8,
        Optional.empty());
  }

  /** The same with another character between values, as {@code ';'} or {@code '\t'}. */
  public CsvFile delimiter(char of) {
    return new CsvFile(path, of, quote, names, decimalComma, missingTexts, charset, part);
  }

  /** The same with another character around values that hold the delimiter. */
  public CsvFile quote(char of) {
    return new CsvFile(path, delimiter, of, names, decimalComma, missingTexts, charset, part);
  }

  /**
   * The same without a line of names: the first line is a row.
   *
   * @param columns what the columns are called, from the first to the last
   * @throws IllegalArgumentException if there is none
   */
  public CsvFile withoutHeader(String... columns) {
    if (columns.length == 0) {
      throw new IllegalArgumentException(
          "a file without a header needs names for its columns, from the first to the last");
    }
    return new CsvFile(
        path,
        delimiter,
        quote,
        ImmutableList.copyOf(columns),
        decimalComma,
        missingTexts,
        charset,
        part);
  }

  /** The same with fractions that begin with a comma, as in {@code 3,5}. */
  public CsvFile withDecimalComma() {
    return new CsvFile(path, delimiter, quote, names, true, missingTexts, charset, part);
  }

  /** The same with texts that stand for missing values, as {@code NA}, besides the empty one. */
  public CsvFile missing(String... texts) {
    return new CsvFile(
        path, delimiter, quote, names, decimalComma, ImmutableSet.copyOf(texts), charset, part);
  }

  /** The same in another character set. */
  public CsvFile charset(Charset of) {
    return new CsvFile(path, delimiter, quote, names, decimalComma, missingTexts, of, part);
  }

  /**
   * The names of the columns.
   *
   * @throws DataFileException if they cannot be read, or two are the same
   */
  public ImmutableList<String> columns() {
    try (CsvRecords records = open()) {
      return records.columns();
    }
  }

  /**
   * The number of rows.
   *
   * @throws DataFileException if a line is no row of the table
   */
  public int size() {
    int size = 0;
    try (CsvRecords records = open()) {
      while (records.next().isPresent()) {
        size++;
      }
    }
    return size;
  }

  /**
   * The rows in two parts by chance: one to fit schemas and train with, and one to test with, which
   * neither has seen.
   *
   * @param fraction of the rows that come first, rounded to a whole number of rows
   * @param seed what is drawn by; the same gives the same parts of the same file
   * @throws IllegalArgumentException if the fraction is not in (0, 1), or a part would have no row
   * @throws DataFileException if a line is no row of the table
   */
  public Parts split(double fraction, long seed) {
    if (!(fraction > 0 && fraction < 1)) {
      throw new IllegalArgumentException("fraction of rows is not in (0, 1): " + fraction);
    }
    List<Integer> rows = new ArrayList<>();
    try (CsvRecords records = open()) {
      while (records.next().isPresent()) {
        rows.add(records.row());
      }
    }
    int count = (int) Math.round(rows.size() * fraction);
    if (count == 0 || count == rows.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s of the %d rows of %s leave a part without rows",
              fraction,
              rows.size(),
              path));
    }
    Collections.shuffle(rows, new Random(seed));
    return new Parts(part(rows.subList(0, count)), part(rows.subList(count, rows.size())));
  }

  private CsvFile part(List<Integer> rows) {
    BitSet taken = new BitSet();
    rows.forEach(taken::set);
    return new CsvFile(
        path, delimiter, quote, names, decimalComma, missingTexts, charset, Optional.of(taken));
  }

  /**
   * Writes rows to the file, as this is set, in place of what is there.
   *
   * @param rows each the values by the names of the columns, null where one is missing; the columns
   *     stand in the order of the first row, or of {@link #names}
   * @throws IllegalArgumentException if there is no row, or rows differ in their columns
   * @throws DataFileException if it cannot be written; what was there before is untouched
   */
  public void write(List<? extends Map<String, ? extends @Nullable Object>> rows) {
    CsvWriter.write(this, rows);
  }

  CsvRecords open() {
    return CsvRecords.open(this);
  }
}
