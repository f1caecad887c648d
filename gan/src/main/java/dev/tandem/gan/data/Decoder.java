package dev.tandem.gan.data;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Decodes pictures by the ImageIO readers on the class path; of several in a file, the first. */
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

  private Decoder() {}

  /**
   * Decodes a file.
   *
   * @param content all of the file
   * @param remarks takes what the reader found odd without harm to pixels
   * @throws IOException if no reader is there for it, or the picture is damaged, or larger than the
   *     heap holds
   */
  static BufferedImage decode(byte[] content, List<String> remarks) throws IOException {
    try (ImageInputStream stream =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(content))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
      if (!readers.hasNext()) {
        throw new IIOException("no ImageIO reader of its format is on the class path");
      }
      ImageReader reader = readers.next();
      try {
        return decode(reader, stream, remarks);
      } finally {
        reader.dispose();
      }
    }
  }

  private static BufferedImage decode(
      ImageReader reader, ImageInputStream stream, List<String> remarks) throws IOException {
    List<String> warnings = new ArrayList<>();
    reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
    reader.setInput(stream, true, true);
    requireRoom(reader.getWidth(0), reader.getHeight(0));
    BufferedImage image = reader.read(0);
    for (String warning : warnings) {
      if (DAMAGE.matcher(warning).find()) {
        throw new IIOException("it is cut or damaged: " + warning);
      }
    }
    remarks.addAll(warnings);
    return image;
  }

  private static void requireRoom(long width, long height) throws IOException {
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
  }
}
