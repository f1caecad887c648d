package dev.tandem.gan.data;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Decodes pictures by the ImageIO readers on the class path; of several in a file, the first. All
 * threads together take half of the heap for it.
 */
final class Decoder {

  /**
   * The warnings of readers that go on with made up pixels; the words are libjpeg's and the JDK's.
   */
  private static final Pattern DAMAGE =
      Pattern.compile(
          "premature end|truncated|bad huffman|instead of RST|inconsistent progression"
              + "|unexpected end|corrupt(?!.*extraneous)",
          Pattern.CASE_INSENSITIVE);

  /** Bytes of a decoded pixel and of its copies on the way, at most. */
  private static final int BYTES = 16;

  /** More pixels than these are decoded of a picture only if what is made of it needs them. */
  private static final double ENOUGH = 16e6;

  /** How many rows are read for one of the picture that is made, at least. */
  private static final int ROWS = 2;

  private static final long MEGA = 1_000_000;

  /** Half of the heap. */
  private static final int MEGABYTES =
      (int) Math.max(1, Math.min(1 << 20, Runtime.getRuntime().maxMemory() / 2 / MEGA));

  private static final Semaphore ROOM = new Semaphore(MEGABYTES, true);

  private Decoder() {}

  /**
   * Decodes a file, its rows and columns as they stand.
   *
   * @param content all of the file
   * @param background what lies under it where it is transparent, 0xRRGGBB
   * @param side the longer side of what is made of it, in pixels, for which some rows and columns
   *     of a large picture are enough; 0 to decode all of it
   * @param remarks takes what the reader found odd without harm to pixels
   * @throws IOException if no reader is there for it, or the picture is damaged, or larger than the
   *     heap holds
   */
  static Picture decode(byte[] content, int background, int side, List<String> remarks)
      throws IOException {
    try (ImageInputStream stream =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(content))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
      if (!readers.hasNext()) {
        throw new IIOException("no ImageIO reader of its format is on the class path");
      }
      ImageReader reader = readers.next();
      try {
        return decode(reader, stream, background, side, remarks);
      } finally {
        reader.dispose();
      }
    }
  }

  private static Picture decode(
      ImageReader reader, ImageInputStream stream, int background, int side, List<String> remarks)
      throws IOException {
    List<String> warnings = new ArrayList<>();
    reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
    reader.setInput(stream, true, true);
    int width = reader.getWidth(0);
    int height = reader.getHeight(0);
    int step = step(width, height, side);
    int permits = megabytes(width / step, height / step);
    ImageReadParam part = reader.getDefaultReadParam();
    part.setSourceSubsampling(step, step, step / 2, step / 2);
    ROOM.acquireUninterruptibly(permits);
    try {
      BufferedImage image = reader.read(0, part);
      for (String warning : warnings) {
        if (DAMAGE.matcher(warning).find()) {
          throw new IIOException("it is cut or damaged: " + warning);
        }
      }
      remarks.addAll(warnings);
      return new Picture(image.getHeight(), image.getWidth(), Levels.of(image, background));
    } finally {
      ROOM.release(permits);
    }
  }

  /** Every so many rows and columns are read. */
  static int step(int width, int height, int side) {
    double needed = Math.sqrt(width * (double) height / ENOUGH);
    int most = side == 0 ? 1 : Math.max(1, Math.min(width, height) / (ROWS * side));
    return Math.min(most, (int) Math.ceil(needed));
  }

  /** The room that a picture takes, as far as there is so much at all. */
  private static int megabytes(long width, long height) throws IOException {
    long bytes = Math.multiplyExact(Math.multiplyExact(width, height), BYTES);
    long heap = Runtime.getRuntime().maxMemory();
    if (bytes > heap || width * height > Integer.MAX_VALUE / Picture.COLORS) {
      throw new IIOException(
          String.format(
              Locale.ROOT,
              "it has %d×%d pixels, which take up to %s to decode, and the heap has %s (-Xmx)",
              width,
              height,
              Amounts.bytes(bytes),
              Amounts.bytes(heap)));
    }
    return (int) Math.max(1, Math.min(MEGABYTES, bytes / MEGA));
  }
}
