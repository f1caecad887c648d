package dev.tandem.core.data;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPOutputStream;

/** Writes IDX data for tests. */
final class IdxBytes {

  private IdxBytes() {}

  /** A whole file: the magic, the dimensions, the data. */
  static byte[] of(int magic, int[] dimensions, byte... data) {
    ByteBuffer file = ByteBuffer.allocate(4 + 4 * dimensions.length + data.length).putInt(magic);
    for (int dimension : dimensions) {
      file.putInt(dimension);
    }
    return file.put(data).array();
  }

  /** Zeros as unsigned bytes of some shape. */
  static byte[] zeros(int... dimensions) {
    int length = 1;
    for (int dimension : dimensions) {
      length *= dimension;
    }
    return of(0x0800 | dimensions.length, dimensions, new byte[length]);
  }

  static byte[] zipped(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  static IdxFile read(byte[] bytes) {
    return IdxFile.read(new ByteArrayInputStream(bytes), "digits.gz");
  }
}
