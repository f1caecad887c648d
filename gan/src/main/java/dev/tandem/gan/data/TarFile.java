package dev.tandem.gan.data;

import com.google.common.collect.ImmutableMap;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/** The files of a tar archive (POSIX ustar). */
final class TarFile {

  static final int MAGIC_AT = 257;
  static final String MAGIC = "ustar";

  private static final int BLOCK = 512;
  private static final int NAME = 100;
  private static final int SIZE_AT = 124;
  private static final int SIZE = 12;
  private static final int KIND_AT = 156;

  private TarFile() {}

  /**
   * The contents of files by the last part of their names.
   *
   * @param wanted which of them
   * @throws IOException if it is cut or none
   */
  static ImmutableMap<String, byte[]> read(InputStream in, Predicate<String> wanted)
      throws IOException {
    ImmutableMap.Builder<String, byte[]> files = ImmutableMap.builder();
    byte[] header = new byte[BLOCK];
    while (in.readNBytes(header, 0, BLOCK) == BLOCK && header[0] != 0) {
      String path = text(header, 0, NAME);
      String name = path.substring(path.lastIndexOf('/') + 1);
      long size = size(header);
      long padded = (size + BLOCK - 1) / BLOCK * BLOCK;
      boolean isFile = header[KIND_AT] == '0' || header[KIND_AT] == 0;
      if (isFile && wanted.test(name)) {
        byte[] content = in.readNBytes(Math.toIntExact(size));
        if (content.length < size) {
          throw new EOFException("it is cut in " + path);
        }
        files.put(name, content);
        in.skipNBytes(padded - size);
      } else {
        in.skipNBytes(padded);
      }
    }
    return files.buildOrThrow();
  }

  private static long size(byte[] header) throws IOException {
    try {
      return Long.parseLong(text(header, SIZE_AT, SIZE).strip(), 8);
    } catch (NumberFormatException e) {
      throw new IOException("it is no tar archive: a file has no size", e);
    }
  }

  private static String text(byte[] header, int at, int length) {
    int end = at;
    while (end < at + length && header[end] != 0) {
      end++;
    }
    return new String(header, at, end - at, StandardCharsets.UTF_8);
  }
}
