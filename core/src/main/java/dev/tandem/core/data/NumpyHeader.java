package dev.tandem.core.data;

import com.google.common.collect.ImmutableList;
import com.google.common.math.LongMath;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands before the numbers of an array in NumPy's format (versions 1 to 3).
 *
 * @param kind of its elements: i, u, f or b
 * @param bytes of an element
 * @param order of these bytes
 * @param shape of the array
 */
public record NumpyHeader(char kind, int bytes, ByteOrder order, ImmutableList<Long> shape) {

  /** What every array begins with, as ISO 8859-1. */
  public static final String START = "\u0093NUMPY";

  private static final Pattern DTYPE = Pattern.compile("'descr'\\s*:\\s*'([<>|=])([a-z])(\\d+)'");
  private static final Pattern FORTRAN = Pattern.compile("'fortran_order'\\s*:\\s*True");
  private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([^)]*)\\)");
  private static final Pattern SIZE = Pattern.compile("\\s*\\d{1,18}\\s*");
  private static final int LONGEST = 1 << 20;
  private static final long LARGEST = 1L << 56;

  /**
   * Reads a header, and leaves the stream where the numbers begin.
   *
   * @throws IOException if there is none, or the elements are no numbers in rows
   */
  public static NumpyHeader read(InputStream stream) throws IOException {
    DataInputStream in = new DataInputStream(stream);
    byte[] start = new byte[START.length() + 2];
    in.readFully(start);
    if (!new String(start, 0, START.length(), StandardCharsets.ISO_8859_1).equals(START)) {
      throw new IOException("it does not begin as an array of NumPy");
    }
    boolean isShort = start[START.length()] == 1;
    byte[] length = new byte[isShort ? Short.BYTES : Integer.BYTES];
    in.readFully(length);
    ByteBuffer number = ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN);
    int size = isShort ? Short.toUnsignedInt(number.getShort()) : number.getInt();
    if (size < 0 || size > LONGEST) {
      throw new IOException("its header has no length that could be");
    }
    byte[] text = new byte[size];
    in.readFully(text);
    return of(new String(text, StandardCharsets.UTF_8).strip());
  }

  private static NumpyHeader of(String text) throws IOException {
    Matcher dtype = DTYPE.matcher(text);
    Matcher shape = SHAPE.matcher(text);
    if (!dtype.find() || !shape.find()) {
      throw new IOException(
          "it holds no plain numbers (" + text + "); save it with astype('uint8') or 'float32'");
    }
    if (FORTRAN.matcher(text).find()) {
      throw new IOException(
          "its numbers lie in Fortran order; save numpy.ascontiguousarray(x) in its place");
    }
    char kind = dtype.group(2).charAt(0);
    int bytes = Integer.parseInt(dtype.group(3));
    boolean known =
        switch (kind) {
          case 'i', 'u' -> bytes == 1 || bytes == 2 || bytes == 4 || bytes == 8;
          case 'f' -> bytes == 2 || bytes == 4 || bytes == 8;
          case 'b' -> bytes == 1;
          default -> false;
        };
    if (!known) {
      throw new IOException(
          "its elements are "
              + kind
              + bytes
              + ", none of int, uint and bool and 16, 32 or 64 bits of float; save"
              + " x.astype('float32')");
    }
    return new NumpyHeader(
        kind,
        bytes,
        dtype.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN,
        shape(shape.group(1)));
  }

  private static ImmutableList<Long> shape(String text) throws IOException {
    ImmutableList.Builder<Long> sizes = ImmutableList.builder();
    long length = 1;
    for (String size : text.split(",", -1)) {
      if (!size.isBlank()) {
        if (!SIZE.matcher(size).matches()) {
          throw new IOException("its shape is (" + text + ")");
        }
        sizes.add(Long.valueOf(size.strip()));
        length = LongMath.saturatedMultiply(length, Long.parseLong(size.strip()));
      }
    }
    if (length > LARGEST) {
      throw new IOException("its shape is (" + text + "), more than any file holds");
    }
    return sizes.build();
  }

  /** The first axis, 1 if there is none. */
  public long rows() {
    return shape.isEmpty() ? 1 : shape.get(0);
  }

  /** The elements behind one index of the first axis. */
  public long rowLength() {
    return shape.stream().skip(1).reduce(1L, Math::multiplyExact);
  }

  /** The number of its elements. */
  public long length() {
    return Math.multiplyExact(rows(), rowLength());
  }

  /** Whether its elements are whole numbers. */
  public boolean isWhole() {
    return kind != 'f';
  }

  /** An element of a row's bytes; whole numbers beyond 2^53 are rounded. */
  public double element(ByteBuffer row, int index) {
    int at = index * bytes;
    if (kind == 'f') {
      return switch (bytes) {
        case Short.BYTES -> HalfFloats.value(row.getShort(at));
        case Float.BYTES -> row.getFloat(at);
        default -> row.getDouble(at);
      };
    }
    long signed =
        switch (bytes) {
          case 1 -> row.get(at);
          case 2 -> row.getShort(at);
          case 4 -> row.getInt(at);
          default -> row.getLong(at);
        };
    return kind != 'i' && bytes < Long.BYTES ? signed & (1L << 8 * bytes) - 1 : signed;
  }
}
