package dev.tandem.gan.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.CRC32;

/**
 * Facts that files of pictures hold beside the pixels: whether they are whole, where their decoders
 * would not notice, and how the picture lies.
 */
final class Containers {

  private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.ISO_8859_1);
  private static final int PNG_SIGNATURE = 8;
  private static final int RIFF_HEADER = 12;

  private Containers() {}

  /**
   * The orientation of the picture in a file.
   *
   * @throws IOException if the file is cut or damaged; names the place
   */
  static Orientation check(PictureFormat format, byte[] content) throws IOException {
    return switch (format) {
      case PNG -> png(ByteBuffer.wrap(content));
      case JPEG -> jpeg(ByteBuffer.wrap(content));
      case WEBP -> webp(ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN));
      case TIFF_BIG_ENDIAN, TIFF_LITTLE_ENDIAN -> Orientation.ofTiff(ByteBuffer.wrap(content));
      default -> Orientation.UPRIGHT;
    };
  }

  /** Chunks: length, name, data, checksum; those that decoders need have a capital in front. */
  private static Orientation png(ByteBuffer file) throws IOException {
    Orientation orientation = Orientation.UPRIGHT;
    file.position(PNG_SIGNATURE);
    while (true) {
      int at = file.position();
      if (file.remaining() < 12 || file.getInt(at) < 0 || file.getInt(at) > file.remaining() - 12) {
        throw new IOException("it is cut: its chunks do not end by byte " + file.limit());
      }
      int length = file.getInt(at);
      String name = name(file, at + 4);
      if (Character.isUpperCase(name.charAt(0))) {
        CRC32 checksum = new CRC32();
        checksum.update(file.array(), at + 4, length + 4);
        if ((int) checksum.getValue() != file.getInt(at + 8 + length)) {
          throw new IOException("it is damaged: wrong checksum of the " + name + " at byte " + at);
        }
      } else if (name.equals("eXIf")) {
        orientation = Orientation.ofTiff(file.slice(at + 8, length));
      }
      if (name.equals("IEND")) {
        return orientation;
      }
      file.position(at + 12 + length);
    }
  }

  /** Segments before the pixels: a marker of two bytes, then a length that counts itself. */
  private static Orientation jpeg(ByteBuffer file) throws IOException {
    Orientation orientation = Orientation.UPRIGHT;
    int components = 0;
    boolean isAdobe = false;
    int at = 2;
    while (at + 4 <= file.limit() && file.get(at) == (byte) 0xFF) {
      int marker = file.get(at + 1) & 0xFF;
      if (marker == 0xFF) {
        at++;
        continue;
      }
      int length = Short.toUnsignedInt(file.getShort(at + 2));
      if (marker == 0xDA || at + 2 + length > file.limit()) {
        break;
      }
      if (marker == 0xE1 && starts(file, at + 4, EXIF)) {
        orientation = Orientation.ofTiff(file.slice(at + 10, length - 8));
      } else if (marker == 0xEE && name(file, at + 4).equals("Adob")) {
        isAdobe = true;
      } else if (isFrame(marker)) {
        components = file.get(at + 9);
      }
      at += 2 + length;
    }
    if (components == 4 && !isAdobe) {
      throw new IOException(
          "its four components have no Adobe marker that says whether they are CMYK or YCCK");
    }
    return orientation;
  }

  private static boolean isFrame(int marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
  }

  /** Chunks: name, length, data, and a byte where the length is odd. */
  private static Orientation webp(ByteBuffer file) throws IOException {
    long size = Integer.toUnsignedLong(file.getInt(4)) + 8;
    if (size > file.limit()) {
      throw new IOException(
          String.format(Locale.ROOT, "it is cut: it has %d of %d bytes", file.limit(), size));
    }
    long at = RIFF_HEADER;
    while (at + 8 <= file.limit()) {
      int start = (int) at;
      long length = Integer.toUnsignedLong(file.getInt(start + 4));
      if (at + 8 + length > file.limit()) {
        throw new IOException("it is cut or damaged in the chunk at byte " + at);
      }
      if (name(file, start).equals("EXIF")) {
        int head = starts(file, start + 8, EXIF) ? EXIF.length : 0;
        return Orientation.ofTiff(file.slice(start + 8 + head, (int) length - head));
      }
      at += 8 + length + length % 2;
    }
    return Orientation.UPRIGHT;
  }

  private static String name(ByteBuffer file, int at) {
    byte[] name = new byte[Math.min(4, file.limit() - at)];
    file.get(at, name);
    return new String(name, StandardCharsets.ISO_8859_1);
  }

  private static boolean starts(ByteBuffer file, int at, byte[] what) {
    return at + what.length <= file.limit()
        && file.slice(at, what.length).equals(ByteBuffer.wrap(what));
  }
}
