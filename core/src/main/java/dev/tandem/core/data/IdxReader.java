package dev.tandem.core.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Reads one IDX stream, and refuses it with its name, the rule and what was found. */
final class IdxReader {

  private static final int GZIP_MAGIC = 0x1F8B;
  private static final int MAX_BYTES = Integer.MAX_VALUE - 8;
  private static final int FIRST_CHUNK = 1 << 20;

  private final String name;

  IdxReader(String name) {
    this.name = name;
  }

  IdxFile read(InputStream stream) {
    try {
      return parse(unzipped(new BufferedInputStream(stream)));
    } catch (ZipException e) {
      throw new DataFileException(
          name, "gzip data is damaged (" + e.getMessage() + "); fetch the file again", e);
    } catch (EOFException e) {
      throw new DataFileException(
          name, "gzip data ends inside its frame; the file is truncated, fetch it again", e);
    } catch (IOException e) {
      throw new DataFileException(name, "reading failed (" + e + "); is the disk healthy?", e);
    }
  }

  private InputStream unzipped(InputStream in) throws IOException {
    in.mark(2);
    int first = in.read() << Byte.SIZE | in.read();
    in.reset();
    return first == GZIP_MAGIC ? new GZIPInputStream(in, 1 << 16) : in;
  }

  private IdxFile parse(InputStream in) throws IOException {
    int magic = header(in, 1)[0];
    IdxType type = IdxType.ofCode(magic >>> Byte.SIZE & 0xFF).orElseThrow(() -> badMagic(magic));
    int rank = magic & 0xFF;
    if (magic >>> Short.SIZE != 0 || rank == 0) {
      throw badMagic(magic);
    }
    int[] dimensions = header(in, rank);
    long expected = type.bytes();
    for (int dimension : dimensions) {
      long size = Integer.toUnsignedLong(dimension);
      if (size > MAX_BYTES || size != 0 && expected > MAX_BYTES / size) {
        throw new DataFileException(
            name,
            "its dimensions "
                + text(dimensions)
                + " ask for more than "
                + MAX_BYTES
                + " bytes of data; is the header damaged?");
      }
      expected *= size;
    }
    byte[] data = upTo(in, (int) expected);
    if (data.length < expected) {
      throw truncated(text(dimensions) + " of type " + type, expected, data.length);
    }
    if (in.read() >= 0) {
      throw new DataFileException(
          name,
          "has more than the "
              + expected
              + " bytes of data that its dimensions "
              + text(dimensions)
              + " ask for; is it another file?");
    }
    return new IdxFile(name, type, dimensions, data);
  }

  private int[] header(InputStream in, int count) throws IOException {
    int[] values = new int[count];
    byte[] bytes = upTo(in, count * Integer.BYTES);
    if (bytes.length < count * Integer.BYTES) {
      throw truncated("its header", (long) count * Integer.BYTES, bytes.length);
    }
    ByteBuffer.wrap(bytes).asIntBuffer().get(values);
    return values;
  }

  /** Reads as many bytes as there are, with memory for what is there, not for what is claimed. */
  private static byte[] upTo(InputStream in, int count) throws IOException {
    byte[] bytes = new byte[Math.min(count, FIRST_CHUNK)];
    int filled = 0;
    try {
      while (filled < count) {
        if (filled == bytes.length) {
          bytes = Arrays.copyOf(bytes, (int) Math.min(count, 2L * filled));
        }
        int read = in.read(bytes, filled, bytes.length - filled);
        if (read < 0) {
          break;
        }
        filled += read;
      }
    } catch (EOFException e) {
      // A gzip stream that ends too early: what came out of it so far is all there is.
      return Arrays.copyOf(bytes, filled);
    }
    return filled == bytes.length ? bytes : Arrays.copyOf(bytes, filled);
  }

  private DataFileException badMagic(int magic) {
    return new DataFileException(
        name,
        String.format(
            Locale.ROOT,
            "IDX magic is 0x%08X, expected 0x0000TTDD with type TT one of 08, 09, 0B, 0C, 0D, 0E"
                + " and DD dimensions; is this an IDX file?",
            magic));
  }

  private DataFileException truncated(String what, long expected, int found) {
    return new DataFileException(
        name,
        String.format(
            Locale.ROOT,
            "expected %d bytes for %s, found %d; the file is truncated, fetch it again",
            expected,
            what,
            found));
  }

  private static String text(int[] dimensions) {
    StringBuilder text = new StringBuilder("(");
    for (int dimension : dimensions) {
      text.append(text.length() == 1 ? "" : ", ").append(Integer.toUnsignedString(dimension));
    }
    return text.append(")").toString();
  }
}
