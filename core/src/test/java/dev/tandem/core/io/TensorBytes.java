package dev.tandem.core.io;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Tensor files byte by byte, as their published layouts say, without what writes them here. */
final class TensorBytes {

  private TensorBytes() {}

  /** A file of safetensors with a header and numbers. */
  static Path safetensors(Path file, String header, byte[] numbers) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    return write(file, lengthOf(text.length), text, numbers);
  }

  /** The first eight bytes. */
  static byte[] lengthOf(long header) {
    return little(8).putLong(header).array();
  }

  static byte[] floats(float... values) {
    ByteBuffer bytes = little(4 * values.length);
    for (float value : values) {
      bytes.putFloat(value);
    }
    return bytes.array();
  }

  static byte[] doubles(double... values) {
    ByteBuffer bytes = little(8 * values.length);
    for (double value : values) {
      bytes.putDouble(value);
    }
    return bytes.array();
  }

  static byte[] shorts(int... values) {
    ByteBuffer bytes = little(2 * values.length);
    for (int value : values) {
      bytes.putShort((short) value);
    }
    return bytes.array();
  }

  private static ByteBuffer little(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** An array of NumPy, format 1.0. */
  static byte[] npy(String dtype, String shape, byte[] numbers) {
    StringBuilder text =
        new StringBuilder(
            "{'descr': '" + dtype + "', 'fortran_order': False, 'shape': " + shape + ", }");
    while ((10 + text.length() + 1) % 64 != 0) {
      text.append(' ');
    }
    text.append('\n');
    byte[] header = text.toString().getBytes(StandardCharsets.US_ASCII);
    byte[] start = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
    return joined(start, little(2).putShort((short) header.length).array(), header, numbers);
  }

  /** An archive of arrays by name, compressed. */
  static Path npz(Path file, Map<String, byte[]> arrays) {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, byte[]> array : arrays.entrySet()) {
        zip.putNextEntry(new ZipEntry(array.getKey() + ".npy"));
        zip.write(array.getValue());
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path write(Path file, byte[]... parts) {
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(joined(parts));
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
