package dev.tandem.core.spark.rows;

import java.io.Serializable;
import java.nio.ByteBuffer;

/**
 * What makes bytes of one row of an RDD. It is sent to executors, and called by several threads.
 *
 * @param <T> a row
 */
@FunctionalInterface
public interface RowWriter<T> extends Serializable {

  /**
   * Writes a row.
   *
   * @param row of the RDD
   * @param into exactly the bytes of all columns in their order, in their stored types, all to be
   *     written; its byte order is set
   * @throws IllegalArgumentException if the row is none that the columns hold; says what is wrong
   *     with it, its place is added
   */
  void write(T row, ByteBuffer into);
}
