package dev.tandem.gan.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Images as bytes in a file that is mapped into memory. The file is: eight bytes of a name and a
 * version, the images, an int32 label for each, a {@link PixelIndex} in JSON, the length of that
 * (int32), a checksum (CRC-32C, int32) of all before it; numbers have their highest byte first.
 */
final class PixelFile {

  static final byte[] START = {'T', 'A', 'N', 'D', 'E', 'M', 'P', 1};
  static final int TAIL = 2 * Integer.BYTES;

  private static final int LARGEST_MAP = 1 << 30;
  private static final int BUFFER = 1 << 20;

  private final PixelIndex index;
  private final MappedByteBuffer[] maps;
  private final int rowBytes;
  private final int rowsOfMap;
  private final int[] labels;

  private PixelFile(PixelIndex index, MappedByteBuffer[] maps, int rowsOfMap, int[] labels) {
    this.index = index;
    this.maps = maps;
    this.rowBytes = index.rowBytes();
    this.rowsOfMap = rowsOfMap;
    this.labels = labels;
  }

  /**
   * Opens a file.
   *
   * @throws IOException if it is none, cut, damaged or of another version; says which
   */
  static PixelFile open(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      ByteBuffer start = read(channel, 0, START.length);
      if (size < START.length + TAIL || !Arrays.equals(start.array(), START)) {
        throw new IOException("it is no file of pixels of this version");
      }
      ByteBuffer tail = read(channel, size - TAIL, TAIL);
      int length = tail.getInt();
      if (length < 2 || length > size - TAIL - START.length) {
        throw new IOException("its index has no length that could be");
      }
      if (checksum(channel, size - Integer.BYTES) != tail.getInt()) {
        throw new IOException("its checksum is another one");
      }
      PixelIndex index = PixelIndex.ofJson(read(channel, size - TAIL - length, length).array());
      long pixels = index.count() * (long) index.rowBytes();
      long labels = index.count() * (long) Integer.BYTES;
      if (START.length + pixels + labels + length + TAIL != size) {
        throw new IOException("its size is not what its index says");
      }
      return map(channel, index, pixels);
    }
  }

  private static PixelFile map(FileChannel channel, PixelIndex index, long pixels)
      throws IOException {
    int rows = Math.max(1, LARGEST_MAP / index.rowBytes());
    int count = (index.count() + rows - 1) / rows;
    MappedByteBuffer[] maps = new MappedByteBuffer[count];
    for (int i = 0; i < count; i++) {
      long from = (long) i * rows * index.rowBytes();
      maps[i] =
          channel.map(
              FileChannel.MapMode.READ_ONLY,
              START.length + from,
              Math.min(pixels - from, (long) rows * index.rowBytes()));
    }
    int[] labels = new int[index.count()];
    read(channel, START.length + pixels, labels.length * Integer.BYTES).asIntBuffer().get(labels);
    return new PixelFile(index, maps, rows, labels);
  }

  private static ByteBuffer read(FileChannel channel, long at, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.BIG_ENDIAN);
    while (bytes.hasRemaining() && channel.read(bytes, at + bytes.position()) >= 0) {
      // Goes on where it stopped.
    }
    return bytes.flip();
  }

  private static int checksum(FileChannel channel, long end) throws IOException {
    CRC32C checksum = new CRC32C();
    ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    long at = 0;
    while (at < end) {
      buffer.clear().limit((int) Math.min(BUFFER, end - at));
      int read = channel.read(buffer, at);
      if (read < 0) {
        throw new IOException("it is cut");
      }
      checksum.update(buffer.flip());
      at += read;
    }
    return (int) checksum.getValue();
  }

  PixelIndex index() {
    return index;
  }

  /** The label of an image. */
  int label(int row) {
    return labels[row];
  }

  /** All labels, as a new array. */
  int[] labels() {
    return labels.clone();
  }

  /** Copies an image: rows, columns, channels; in any thread. */
  void read(int row, ByteBuffer levels) {
    levels.put(maps[row / rowsOfMap].slice(row % rowsOfMap * rowBytes, rowBytes));
  }
}
