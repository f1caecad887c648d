package dev.tandem.gan.data;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;

/** PNG files, also of kinds that ImageIO's writer does not make. */
final class Pngs {

  private Pngs() {}

  /** A picture as ImageIO writes it. */
  static byte[] of(BufferedImage image) throws IOException {
    return written(image, "png");
  }

  /** A picture in any format that ImageIO writes. */
  static byte[] written(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (!ImageIO.write(image, format, bytes)) {
      throw new IOException("no writer of " + format + " for " + image);
    }
    return bytes.toByteArray();
  }

  /**
   * One row of pixels.
   *
   * @param bits of a sample
   * @param colorType 0 gray, 2 RGB, 3 palette, 4 gray and alpha, 6 RGB and alpha
   * @param chunks others, made by {@link #chunk}, before the pixels
   * @param row the row's bytes
   */
  static byte[] row(int width, int bits, int colorType, byte[] chunks, byte[] row) {
    byte[] header =
        ByteBuffer.allocate(13)
            .putInt(width)
            .putInt(1)
            .put((byte) bits)
            .put((byte) colorType)
            .array();
    byte[] filtered = new byte[row.length + 1];
    System.arraycopy(row, 0, filtered, 1, row.length);
    Deflater deflater = new Deflater();
    deflater.setInput(filtered);
    deflater.finish();
    byte[] buffer = new byte[filtered.length + 64];
    byte[] data = new byte[deflater.deflate(buffer)];
    deflater.end();
    System.arraycopy(buffer, 0, data, 0, data.length);
    return joined(
        new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'},
        chunk("IHDR", header),
        chunks,
        chunk("IDAT", data),
        chunk("IEND", new byte[0]));
  }

  /** A picture of one gray, of any size. */
  static byte[] gray(int width, int height, int level) {
    byte[] header =
        ByteBuffer.allocate(13).putInt(width).putInt(height).put((byte) 8).put((byte) 0).array();
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    byte[] row = new byte[width + 1];
    Arrays.fill(row, 1, row.length, (byte) level);
    try (DeflaterOutputStream deflated = new DeflaterOutputStream(data)) {
      for (int y = 0; y < height; y++) {
        deflated.write(row);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return joined(
        new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'},
        chunk("IHDR", header),
        chunk("IDAT", data.toByteArray()),
        chunk("IEND", new byte[0]));
  }

  /** A chunk with its checksum. */
  static byte[] chunk(String name, byte[] data) {
    ByteBuffer chunk = ByteBuffer.allocate(12 + data.length).putInt(data.length);
    chunk.put(name.getBytes(StandardCharsets.US_ASCII)).put(data);
    CRC32 checksum = new CRC32();
    checksum.update(chunk.array(), 4, 4 + data.length);
    return chunk.putInt((int) checksum.getValue()).array();
  }

  /** Bytes of numbers from 0 to 255. */
  static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  /** One after the other. */
  static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
