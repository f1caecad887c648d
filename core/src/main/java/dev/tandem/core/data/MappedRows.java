package dev.tandem.core.data;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/**
 * Rows of one size in a file, one behind the other: each the bytes of all columns in their order,
 * in the columns' stored types. The file is mapped into memory, of which the operating system keeps
 * as much as there is room for; it is not to be changed meanwhile.
 */
public final class MappedRows implements RowSource {

  private static final long SEGMENT = 1L << 30;

  private final Path file;
  private final ImmutableList<Column> columns;
  private final ImmutableList<MappedByteBuffer> segments;
  private final int[] offsets;
  private final int rowBytes;
  private final int rowsInSegment;
  private final int size;

  private MappedRows(
      Path file,
      ImmutableList<Column> columns,
      ImmutableList<MappedByteBuffer> segments,
      int rowBytes,
      int rowsInSegment,
      int size) {
    this.file = file;
    this.columns = columns;
    this.segments = segments;
    this.rowBytes = rowBytes;
    this.rowsInSegment = rowsInSegment;
    this.size = size;
    this.offsets = new int[columns.size()];
    for (int i = 1; i < offsets.length; i++) {
      offsets[i] = offsets[i - 1] + columns.get(i - 1).bytes();
    }
  }

  /** A whole file of rows in the native byte order. */
  public static MappedRows of(Path file, Column... columns) {
    return of(file, 0, ByteOrder.nativeOrder(), columns);
  }

  /**
   * The rows of a file behind a header.
   *
   * @param file to be mapped
   * @param offset the bytes of the header
   * @param order of the bytes of numbers in the file
   * @param columns what a row consists of
   * @throws DataFileException if it cannot be read, or what is behind the header is not a whole
   *     number of rows, at least one
   */
  public static MappedRows of(Path file, long offset, ByteOrder order, Column... columns) {
    ImmutableList<Column> of = ImmutableList.copyOf(columns);
    int rowBytes = of.stream().mapToInt(Column::bytes).reduce(0, Math::addExact);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long bytes = channel.size() - offset;
      if (rowBytes == 0 || bytes <= 0 || bytes % rowBytes != 0) {
        throw new DataFileException(
            file.toString(),
            String.format(
                Locale.ROOT,
                "has %d bytes behind a header of %d, which are not a whole number of rows of %d"
                    + " bytes, at least one; rows are %s",
                Math.max(0, bytes),
                offset,
                rowBytes,
                of));
      }
      int size = Math.toIntExact(bytes / rowBytes);
      int inSegment = (int) Math.max(1, SEGMENT / rowBytes);
      ImmutableList.Builder<MappedByteBuffer> segments = ImmutableList.builder();
      for (int row = 0; row < size; row += inSegment) {
        long length = (long) Math.min(inSegment, size - row) * rowBytes;
        MappedByteBuffer segment =
            channel.map(FileChannel.MapMode.READ_ONLY, offset + (long) row * rowBytes, length);
        segment.order(order);
        segments.add(segment);
      }
      return new MappedRows(file, of, segments.build(), rowBytes, inSegment, size);
    } catch (IOException e) {
      throw new DataFileException(
          file.toString(),
          Files.exists(file) ? "cannot be read: " + e.getMessage() : "there is no such file",
          e);
    }
  }

  @Override
  public String name() {
    return "rows of " + file.getFileName();
  }

  @Override
  public ImmutableList<Column> columns() {
    return columns;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public void read(int column, int row, ByteBuffer into) {
    MappedByteBuffer segment = segments.get(row / rowsInSegment);
    int from = row % rowsInSegment * rowBytes + offsets[column];
    int width = columns.get(column).stored().width();
    int start = into.position();
    into.put(segment.slice(from, columns.get(column).bytes()));
    if (segment.order() != into.order() && width > 1) {
      swap(into, start, width);
    }
  }

  private static void swap(ByteBuffer bytes, int start, int width) {
    for (int at = start; at < bytes.position(); at += width) {
      for (int i = 0; i < width / 2; i++) {
        byte low = bytes.get(at + i);
        bytes.put(at + i, bytes.get(at + width - 1 - i));
        bytes.put(at + width - 1 - i, low);
      }
    }
  }

  @Override
  public String place(int row) {
    return "row " + row + " of " + file;
  }
}
