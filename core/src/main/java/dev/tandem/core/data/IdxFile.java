package dev.tandem.core.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The contents of one file in the IDX format, in which MNIST comes: an array of numbers of any
 * rank. Files compressed with gzip are recognized by their first bytes.
 */
public final class IdxFile {

  private final String name;
  private final IdxType type;
  private final int[] dimensions;
  private final byte[] bytes;

  IdxFile(String name, IdxType type, int[] dimensions, byte[] bytes) {
    this.name = name;
    this.type = type;
    this.dimensions = dimensions;
    this.bytes = bytes;
  }

  /**
   * Reads a file.
   *
   * @param file an IDX file, gzipped or not
   * @throws DataFileException if there is no such file, or it cannot be read, is no IDX file, or
   *     holds fewer or more bytes than its dimensions ask for
   */
  public static IdxFile read(Path file) {
    String name = String.valueOf(file.getFileName());
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, name);
    } catch (NoSuchFileException e) {
      throw new DataFileException(
          name, "file not found at " + file.toAbsolutePath() + "; is the path right?", e);
    } catch (IOException e) {
      throw new DataFileException(
          name,
          "cannot be opened at " + file.toAbsolutePath() + " (" + e + "); is it readable?",
          e);
    }
  }

  /**
   * Reads a stream to its end and leaves it open.
   *
   * @param in IDX data, gzipped or not
   * @param name what errors call the data
   * @throws DataFileException if the data cannot be read, is not in the IDX format, or has fewer or
   *     more bytes than its dimensions ask for
   */
  public static IdxFile read(InputStream in, String name) {
    return new IdxReader(name).read(in);
  }

  /** The name of the file, for messages. */
  public String name() {
    return name;
  }

  /** The type of the elements. */
  public IdxType type() {
    return type;
  }

  /** The sizes of the axes, the first one outermost, as a new array. */
  public int[] dimensions() {
    return dimensions.clone();
  }

  /** The number of elements. */
  public int size() {
    return bytes.length / type.bytes();
  }

  /** The elements as they stand in the file, highest byte first, in a read-only buffer. */
  public ByteBuffer data() {
    return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
  }

  /**
   * The elements as a new array of whole numbers; unsigned bytes are from 0 to 255.
   *
   * @throws IllegalStateException if the elements are floating point numbers
   */
  public int[] toInts() {
    if (type == IdxType.FLOAT || type == IdxType.DOUBLE) {
      throw new IllegalStateException(
          name + " holds elements of type " + type + ", not whole numbers; call toDoubles");
    }
    ByteBuffer data = data();
    int[] values = new int[size()];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (type) {
            case UNSIGNED_BYTE -> data.get(i) & 0xFF;
            case SIGNED_BYTE -> data.get(i);
            case SHORT -> data.getShort(i * Short.BYTES);
            default -> data.getInt(i * Integer.BYTES);
          };
    }
    return values;
  }

  /** The elements of any type as a new array of doubles, without loss. */
  public double[] toDoubles() {
    ByteBuffer data = data();
    double[] values = new double[size()];
    if (type == IdxType.DOUBLE) {
      data.asDoubleBuffer().get(values);
    } else if (type == IdxType.FLOAT) {
      for (int i = 0; i < values.length; i++) {
        values[i] = data.getFloat(i * Float.BYTES);
      }
    } else {
      int[] whole = toInts();
      for (int i = 0; i < values.length; i++) {
        values[i] = whole[i];
      }
    }
    return values;
  }
}
