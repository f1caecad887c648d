package dev.tandem.core.data.table;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.tandem.core.data.Column;
import dev.tandem.core.data.DataFileException;
import dev.tandem.core.data.Dataset;
import dev.tandem.core.data.MappedRows;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How rows of a table become arrays, with all that was learned of the rows it was fitted to:
 * vocabularies, what stands for missing values, means and scales. The same for all rows: those to
 * train with, those to test with, and one that a service is asked about. Immutable; any number of
 * threads may use it.
 */
public final class TableEncoding {

  private final ImmutableList<EncodedArray> arrays;
  private final ImmutableList<String> notes;

  TableEncoding(ImmutableList<EncodedArray> arrays, ImmutableList<String> notes) {
    this.arrays = arrays;
    this.notes = notes;
  }

  ImmutableList<EncodedArray> arrays() {
    return arrays;
  }

  /** What was odd when it was fitted: columns that are not used, of one value, of names. */
  public ImmutableList<String> notes() {
    return notes;
  }

  /** The inputs and targets that data sets have of it, with the weights of targets. */
  public ImmutableList<Column> columns() {
    return arrays.stream()
        .flatMap(array -> array.columns().stream())
        .collect(ImmutableList.toImmutableList());
  }

  /**
   * How many numbers a row of an input or target has, 1 of an index: the size of {@code Input.of}.
   *
   * @throws IllegalArgumentException if there is none of the name
   */
  public int width(String array) {
    return array(array).width();
  }

  /**
   * The categories of a column in the order of their indices, as many as an {@code Embedding} has
   * rows and a classifier outputs; the last one is {@link CategoryColumn#UNKNOWN} if unknown ones
   * have an index.
   *
   * @throws IllegalArgumentException if there is no such column of categories
   */
  public ImmutableList<String> categories(String column) {
    return parts().stream()
        .filter(part -> part.column().name().equals(column))
        .filter(FittedCategory.class::isInstance)
        .map(part -> ((FittedCategory) part).categories())
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no categories are called \""
                        + column
                        + "\"; columns are "
                        + parts().stream().map(part -> part.column().name()).distinct().toList()));
  }

  private List<FittedColumn> parts() {
    return arrays.stream().flatMap(array -> array.parts().stream()).toList();
  }

  private EncodedArray array(String name) {
    return arrays.stream()
        .filter(array -> array.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no input or target is called \""
                        + name
                        + "\"; there are "
                        + arrays.stream().map(EncodedArray::name).toList()));
  }

  /**
   * The rows of a file in memory, with all inputs and targets.
   *
   * @throws DataFileException if there is none, or one cannot be encoded; names line, column, value
   *     and rule
   */
  public Dataset dataset(CsvFile file) {
    EncodedRows rows = new EncodedRows(columns());
    read(file, rows::add);
    return rows.dataset();
  }

  /**
   * The rows of a file as rows of another one, which is mapped into memory: for tables that memory
   * does not hold.
   *
   * @param file of CSV
   * @param target the file to be written; it gets its name when it is whole
   * @throws DataFileException if there is no row, or one cannot be encoded, or the target cannot be
   *     written, of which then nothing is left
   */
  public MappedRows mapped(CsvFile file, Path target) {
    Path part = target.resolveSibling(target.getFileName() + ".part");
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part))) {
        read(file, out::write);
      }
      Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new DataFileException(
          target.toString(), "cannot be written (" + e + "); nothing was left of it", e);
    } finally {
      deleteIfThere(part);
    }
    return MappedRows.of(target, columns().toArray(Column[]::new));
  }

  private static void deleteIfThere(Path part) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      throw new DataFileException(part.toString(), "cannot be deleted (" + e + ")", e);
    }
  }

  /** Takes the bytes of rows. */
  private interface Sink<E extends Exception> {
    void take(byte[] row) throws E;
  }

  private <E extends Exception> void read(CsvFile file, Sink<E> sink) throws E {
    byte[] row = new byte[EncodedRows.bytes(columns())];
    boolean some = false;
    try (CsvRecords records = file.open()) {
      records.require(parts().stream().map(part -> part.column().name()).toList());
      for (Optional<Cells> next = records.next(); next.isPresent(); next = records.next()) {
        Cells cells = next.get();
        ByteBuffer into = ByteBuffer.wrap(row).order(ByteOrder.nativeOrder());
        for (EncodedArray array : arrays) {
          array.write(cells, into, (column, cause) -> records.failure(cells, column, cause));
        }
        sink.take(row);
        some = true;
      }
    }
    if (!some) {
      throw new DataFileException(file.path().toString(), "has no rows");
    }
  }

  /**
   * The inputs of one row, as a model predicts from: {@code predictor.predict(inputs(row))}.
   *
   * @param row by the names of the columns: numbers, texts, or null for a missing value; others
   *     than those of the inputs do not matter
   * @return each (1, …)
   * @throws IllegalArgumentException if a column is not there, or its value cannot be encoded
   */
  public ImmutableMap<String, INDArray> inputs(Map<String, ? extends @Nullable Object> row) {
    return inputs(List.of(row));
  }

  /**
   * The inputs of several rows.
   *
   * @param rows each as above, at least one
   * @return each (rows, …)
   * @throws IllegalArgumentException if a row lacks a column, or has a value that cannot be encoded
   */
  public ImmutableMap<String, INDArray> inputs(
      List<? extends Map<String, ? extends @Nullable Object>> rows) {
    List<EncodedArray> inputs =
        arrays.stream().filter(array -> array.kind() == Column.Kind.INPUT).toList();
    ImmutableList<Column> columns =
        inputs.stream()
            .flatMap(array -> array.columns().stream())
            .collect(ImmutableList.toImmutableList());
    if (rows.isEmpty() || columns.isEmpty()) {
      throw new IllegalArgumentException("there are no " + (rows.isEmpty() ? "rows" : "inputs"));
    }
    EncodedRows encoded = new EncodedRows(columns);
    for (int i = 0; i < rows.size(); i++) {
      String place = rows.size() == 1 ? "the row" : "row " + i;
      Cells cells = MapCells.of(names(inputs), rows.get(i), place);
      byte[] row = new byte[EncodedRows.bytes(columns)];
      ByteBuffer into = ByteBuffer.wrap(row).order(ByteOrder.nativeOrder());
      for (EncodedArray array : inputs) {
        array.write(cells, into, (column, cause) -> MapCells.failure(place, column, cause));
      }
      encoded.add(row);
    }
    return ImmutableMap.copyOf(encoded.arrays(Column.Kind.INPUT));
  }

  /** The names of all columns of a table that it reads, each once. */
  public ImmutableList<String> names() {
    return ImmutableList.copyOf(names(arrays));
  }

  /** How many bytes {@link #write} writes of a row. */
  public int rowBytes() {
    return EncodedRows.bytes(columns());
  }

  /**
   * Writes one row as bytes: all {@link #columns} in their order, as {@link MappedRows} reads them.
   * For tables of whatever kind, on their way to a file or a wire.
   *
   * @param row by the names of the columns: numbers, texts, or null for a missing value; others do
   *     not matter
   * @param place what messages call the row, as in {@code row 17}
   * @param into takes the numbers in its byte order
   * @throws IllegalArgumentException if a column is not there, or its value cannot be encoded
   */
  public void write(Map<String, ? extends @Nullable Object> row, String place, ByteBuffer into) {
    Cells cells = MapCells.of(names(arrays), row, place);
    for (EncodedArray array : arrays) {
      array.write(cells, into, (column, cause) -> MapCells.failure(place, column, cause));
    }
  }

  private static Set<String> names(List<EncodedArray> arrays) {
    Set<String> names = new LinkedHashSet<>();
    arrays.forEach(array -> array.parts().forEach(part -> names.add(part.column().name())));
    return names;
  }

  /**
   * The values that numbers of an input or target stand for, as predictions of it and generated
   * rows are: numbers in the units of the column, categories by name, of several numbers the
   * largest one's.
   *
   * @param array the name of the input or target
   * @param numbers (rows, numbers of a row); of an index (rows), or (rows, categories) with the
   *     largest at the category's
   * @return each row by the names of its columns, with Double and String values, as {@link #inputs}
   *     takes it
   * @throws IllegalArgumentException if there is no such array, or the shape is another
   */
  public ImmutableList<Map<String, Object>> decode(String array, INDArray numbers) {
    EncodedArray of = array(array);
    ImmutableList.Builder<Map<String, Object>> rows = ImmutableList.builder();
    for (double[] row : Decoding.rows(of, numbers)) {
      Map<String, Object> values = new LinkedHashMap<>();
      int at = 0;
      for (FittedColumn part : of.parts()) {
        values.put(part.column().name(), part.value(row, at));
        at += part.width();
      }
      rows.add(ImmutableMap.copyOf(values));
    }
    return rows.build();
  }

  /**
   * Writes it to a file of JSON.
   *
   * @throws DataFileException if it cannot be written; what was there before is untouched
   */
  public void save(Path file) {
    EncodingFile.write(this, file);
  }

  /**
   * The encoding in a file.
   *
   * @throws DataFileException if it cannot be read, or is none of this version
   */
  public static TableEncoding load(Path file) {
    return EncodingFile.read(file);
  }

  /** What {@link #save} writes, as a text: to keep it, or to send it. */
  public String text() {
    return EncodingFile.text(this);
  }

  /**
   * The encoding in a text.
   *
   * @throws DataFileException if it is none of this version
   */
  public static TableEncoding ofText(String text) {
    return EncodingFile.parse("the text of an encoding", text);
  }

  /** Its columns, as in {@code [input "features" float32 (batch, 7)]}. */
  @Override
  public String toString() {
    return columns().toString();
  }
}
