package dev.tandem.dl4j;

import java.io.DataInputStream;
import java.io.IOException;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * All parameters of a net as DL4J writes them: one row, in ND4J's binary format, which is the shape
 * information and then the numbers, each a buffer of allocation mode, length, type and content,
 * big-endian.
 */
final class Coefficients {

  private static final int LONGEST_SHAPE = 100;

  private final INDArray row;

  private Coefficients(INDArray row) {
    this.row = row;
  }

  /**
   * Reads them.
   *
   * @param expected how many numbers the configuration asks for
   * @param type of the arrays that are made of them, float32 or float64
   */
  static Coefficients read(ZipContents zip, long expected, DataType type, Problems problems) {
    if (expected > Integer.MAX_VALUE - 8) {
      throw problems.fail("asks for " + expected + " parameters; up to 2^31 - 9 can be read");
    }
    try (DataInputStream in = zip.stream(ZipContents.COEFFICIENTS)) {
      if (expected == 0) {
        return new Coefficients(Nd4j.create(type, 1));
      }
      Header shape = Header.read(in, problems);
      if (shape.length() < 4 || shape.length() > LONGEST_SHAPE) {
        throw problems.fail(notOurs("a shape of " + shape.length() + " numbers"));
      }
      in.skipNBytes(shape.length() * shape.width());
      Header header = Header.read(in, problems);
      if (header.length() != expected) {
        throw problems.fail(
            ZipContents.COEFFICIENTS
                + " holds "
                + header.length()
                + " numbers, and the layers of "
                + ZipContents.CONFIGURATION
                + " ask for "
                + expected
                + "; they are not of one net, or DL4J was changed in between: save the net again");
      }
      return new Coefficients(numbers(in, header, (int) expected, type, problems));
    } catch (IOException e) {
      throw zip.broken(ZipContents.COEFFICIENTS, e);
    }
  }

  /** What stands in front of a buffer. */
  private record Header(long length, String type) {

    static Header read(DataInputStream in, Problems problems) throws IOException {
      String mode = in.readUTF();
      long length =
          switch (mode) {
            case "LONG_SHAPE", "MIXED_DATA_TYPES" -> in.readLong();
            case "HEAP", "DIRECT", "JAVACPP" -> in.readInt();
            default -> throw problems.fail(notOurs("the allocation mode " + quoted(mode)));
          };
      return new Header(length, in.readUTF());
    }

    int width() {
      return type.equals("INT") ? Integer.BYTES : Long.BYTES;
    }
  }

  private static String quoted(String text) {
    return '"' + (text.length() > 40 ? text.substring(0, 40) + "…" : text) + '"';
  }

  private static String notOurs(String found) {
    return ZipContents.COEFFICIENTS
        + " is not what DL4J writes from 1.0.0-beta to 1.0.0-M2.1: it has "
        + found
        + "; save the net again with one of these";
  }

  private static INDArray numbers(
      DataInputStream in, Header header, int length, DataType type, Problems problems)
      throws IOException {
    if (header.type().equals("DOUBLE")) {
      double[] numbers = new double[length];
      for (int i = 0; i < length; i++) {
        numbers[i] = in.readDouble();
      }
      return Nd4j.createFromArray(numbers).castTo(type);
    }
    float[] numbers = new float[length];
    for (int i = 0; i < length; i++) {
      numbers[i] =
          switch (header.type()) {
            case "FLOAT" -> in.readFloat();
            case "HALF", "FLOAT16" -> Halves.toFloat(in.readShort());
            case "BFLOAT16" -> Float.intBitsToFloat(in.readShort() << 16);
            default -> throw problems.fail(notOurs("numbers of the type " + quoted(header.type())));
          };
    }
    return Nd4j.createFromArray(numbers).castTo(type);
  }

  /** The numbers of a parameter in its shape, a copy. */
  INDArray get(Param param, long offset) {
    return row.get(NDArrayIndex.interval(offset, offset + param.length()))
        .dup()
        .reshape(param.order(), param.shape())
        .dup('c');
  }
}
