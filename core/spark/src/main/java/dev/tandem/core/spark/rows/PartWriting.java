package dev.tandem.core.spark.rows;

import com.google.common.hash.Hashing;
import com.google.common.hash.HashingOutputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serial;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function2;

/**
 * Writes the rows of one partition to a file; a row at a time is in memory.
 *
 * @param <T> a row
 */
final class PartWriting<T>
    implements Function2<Integer, Iterator<T>, Iterator<PartWriting.Written>> {

  @Serial private static final long serialVersionUID = 1L;

  private static final int BUFFER = 1 << 20;

  private final SharedFolder folder;
  private final RowWriter<T> writer;
  private final int rowBytes;

  /** What was written of a partition. */
  record Written(int partition, String file, long rows, String digest) implements Serializable {}

  PartWriting(SharedFolder folder, RowWriter<T> writer, int rowBytes) {
    this.folder = folder;
    this.writer = writer;
    this.rowBytes = rowBytes;
  }

  @Override
  public Iterator<Written> call(Integer partition, Iterator<T> rows) throws IOException {
    if (!rows.hasNext()) {
      return List.<Written>of().iterator();
    }
    String name = SharedFolder.part(partition, TaskContext.get().taskAttemptId());
    byte[] bytes = new byte[rowBytes];
    ByteBuffer into = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long count = 0;
    try (OutputStream file = folder.create(name);
        HashingOutputStream hashed = new HashingOutputStream(Hashing.sha256(), file);
        BufferedOutputStream out = new BufferedOutputStream(hashed, BUFFER)) {
      while (rows.hasNext()) {
        T row = rows.next();
        into.clear();
        write(row, into, partition, count);
        out.write(bytes);
        count++;
      }
      out.flush();
      Written written = new Written(partition, name, count, hashed.hash().toString());
      return List.of(written).iterator();
    }
  }

  private void write(T row, ByteBuffer into, int partition, long number) {
    String place = "row " + number + " of partition " + partition;
    try {
      writer.write(row, into);
    } catch (RuntimeException e) {
      throw new UnwritableRowException(place + " " + e.getMessage(), e);
    }
    if (into.hasRemaining()) {
      throw new UnwritableRowException(
          place
              + " was written as "
              + into.position()
              + " bytes, and its columns have "
              + rowBytes
              + "; its RowWriter is to write all of them",
          null);
    }
  }
}
