package dev.tandem.core.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/**
 * Data of a number of rows, any of which can be read at any time, by any number of threads at once:
 * what to implement for pictures in files, rows of a memory-mapped file, records of a database. The
 * library orders rows by the seed, gathers them into batches, converts types and reads ahead.
 */
public non-sealed interface RowSource extends DataSource {

  /** The number of rows, at least 1. */
  int size();

  /**
   * Reads one row of one column. Called by several threads at once.
   *
   * @param column the index among {@link #columns}
   * @param row from 0 to {@code size() - 1}
   * @param into exactly the bytes of one sample in the column's {@linkplain Column#stored stored}
   *     type, in 'c' order and the native byte order, all to be written
   * @throws IOException if the row cannot be read; the reader of the batch gets it with the row's
   *     {@link #place}
   */
  void read(int column, int row, ByteBuffer into) throws IOException;

  /**
   * Reads one row of one column for a batch: {@link #read(int, int, ByteBuffer)}, unless a source
   * changes rows by chance. Called by several threads at once.
   *
   * @param column the index among {@link #columns}
   * @param row from 0 to {@code size() - 1}
   * @param draw what everything random about this reading follows from: a number that the seed of
   *     the order, the epoch and the row give, and all columns of the row have in common
   * @param into as above
   * @throws IOException if the row cannot be read
   */
  default void read(int column, int row, long draw, ByteBuffer into) throws IOException {
    read(column, row, into);
  }

  /** Where a row comes from, in messages: as in {@code row 17} or the name of a file. */
  default String place(int row) {
    return "row " + row;
  }

  @Override
  default String name() {
    return "data set";
  }

  @Override
  default OptionalInt rows() {
    return OptionalInt.of(size());
  }

  @Override
  default RowSource withWorkers(int threads) {
    return RowView.of(this).withWorkers(threads);
  }

  @Override
  default RowSource with(UnaryOperator<Column> change) {
    return RowView.of(this).with(change);
  }

  @Override
  default RowSource with(String column, UnaryOperator<Column> change) {
    return with(Columns.only(name(), columns(), column, change));
  }

  /**
   * The rows from one index to another.
   *
   * @param from the first row, from 0
   * @param to the row behind the last
   * @throws IllegalArgumentException if {@code 0 <= from < to <= size()} does not hold
   */
  default RowSource slice(int from, int to) {
    return RowView.of(this).slice(from, to);
  }

  /**
   * The numbers of a column of one whole number for each row, such as a label; no other column is
   * read.
   *
   * @throws IllegalArgumentException if there is no such column
   * @throws UnreadableRowException if a row cannot be read
   */
  default long[] wholeNumbers(String column) {
    return WholeNumbers.of(this, WholeNumbers.require(this, column));
  }

  /**
   * The same rows, of which a shuffled {@link Batching} takes each class equally often: rows of
   * rare classes several times in an epoch, of frequent ones not all. An epoch keeps its number of
   * rows; without a seed rows keep their order, as in an evaluation.
   *
   * @param column of one whole number for each row, such as a label
   * @throws IllegalArgumentException if there is no such column
   */
  default RowSource balancedBy(String column) {
    return RowView.of(this).balancedBy(column);
  }

  /** The column whose classes come equally often, if there is one. */
  default Optional<String> balance() {
    return Optional.empty();
  }

  /**
   * Some rows, in memory, with the types that batches have.
   *
   * @param numbers of the rows, from 0, in the order wanted; at least one
   * @throws UnreadableRowException if one cannot be read
   */
  default Dataset rows(int... numbers) {
    Batch batch = new BatchBuffer(this).fill(numbers, 0, numbers.length, BatchPosition.START);
    Dataset.Builder rows = Dataset.builder();
    batch.inputs().forEach(rows::input);
    batch.targets().forEach(rows::target);
    return rows.build();
  }
}
