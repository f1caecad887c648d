package dev.tandem.core.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.javacpp.BytePointer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.concurrency.AffinityManager;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The array of one column in a batch, written row by row, with the conversion of its type. */
final class ColumnArray {

  private final Column column;
  private final String label;
  private final INDArray array;
  private final BytePointer memory;
  private final long rowBytes;
  private final @Nullable ByteBuffer scratch;
  private final @Nullable ElementConversion conversion;
  private @Nullable RowCopier copier;
  private @Nullable INDArray given;

  ColumnArray(Column column, String origin, int size) {
    this.column = column;
    this.label = column.named(origin).label();
    this.array =
        Nd4j.createUninitializedDetached(
            column.dtype(), 'c', column.sample().prepend(size).toArray());
    Nd4j.getAffinityManager().ensureLocation(array, AffinityManager.Location.HOST);
    this.memory = new BytePointer(array.data().addressPointer());
    this.rowBytes = column.sample().length() * array.data().getElementSize();
    this.scratch =
        column.isPlain()
            ? null
            : ByteBuffer.allocateDirect(column.bytes()).order(ByteOrder.nativeOrder());
    this.conversion = column.isPlain() ? null : new ElementConversion(column.named(origin));
  }

  Column column() {
    return column;
  }

  INDArray array() {
    return array;
  }

  /** The array that a source writes: that of the batch, or one in the stored type. */
  INDArray stored() {
    if (column.isPlain()) {
      return array;
    }
    if (given == null) {
      given = Nd4j.createUninitializedDetached(column.stored(), 'c', array.shape());
    }
    return given;
  }

  /** Converts what was written into {@link #stored}. */
  void convert(String source, BatchPlaces places) {
    if (conversion == null) {
      return;
    }
    INDArray from = stored();
    Nd4j.getAffinityManager().ensureLocation(from, AffinityManager.Location.HOST);
    BytePointer bytes = new BytePointer(from.data().addressPointer());
    for (int i = 0; i < array.size(0); i++) {
      try {
        conversion.convert(row(bytes, i, column.bytes()), row(memory, i, rowBytes));
      } catch (RuntimeException e) {
        throw new UnreadableRowException(places.of(i), label, source, e);
      }
    }
  }

  /** Notes that the memory was written by the JVM. */
  void written() {
    Nd4j.getAffinityManager().tagLocation(array, AffinityManager.Location.HOST);
  }

  /** Reads rows {@code order[first]}, {@code order[first + 1]}, … of a source. */
  void read(RowSource source, int index, int[] order, int first, long draws) {
    if (source instanceof Dataset data) {
      if (copier == null) {
        copier = new RowCopier(data.array(index), array);
      }
      copier.copy(order, first);
      return;
    }
    for (int i = 0; i < array.size(0); i++) {
      int row = order[first + i];
      try {
        read(source, index, row, RowOrder.number(draws, row), i);
      } catch (IOException | RuntimeException e) {
        throw new UnreadableRowException(source.place(row), label, source.name(), e);
      }
    }
  }

  private void read(RowSource source, int index, int row, long draw, int at) throws IOException {
    ByteBuffer target = row(memory, at, rowBytes);
    if (scratch == null || conversion == null) {
      source.read(index, row, draw, target);
      return;
    }
    scratch.clear();
    source.read(index, row, draw, scratch);
    scratch.clear();
    conversion.convert(scratch, target);
  }

  private static ByteBuffer row(BytePointer memory, int at, long bytes) {
    return memory
        .getPointer(at * bytes)
        .capacity(bytes)
        .asByteBuffer()
        .order(ByteOrder.nativeOrder());
  }
}
