package dev.tandem.gan.data;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** A file format of pictures, told by how its files begin, whatever they are called. */
enum PictureFormat {
  PNG("PNG", 0, "\u0089PNG\r\n\u001a\n"),
  JPEG("JPEG", 0, "\u00ff\u00d8\u00ff"),
  GIF("GIF", 0, "GIF8"),
  BMP("BMP", 0, "BM"),
  TIFF_LITTLE_ENDIAN("TIFF", 0, "II*\0"),
  TIFF_BIG_ENDIAN("TIFF", 0, "MM\0*"),
  WEBP("WebP", 8, "WEBP"),
  AVIF("AVIF", 4, "ftypavif"),
  HEIC("HEIC", 4, "ftyphe"),
  HEIF("HEIF", 4, "ftypmif1"),
  JPEG_2000("JPEG 2000", 4, "jP  \r\n"),
  JPEG_XL("JPEG XL", 0, "\u00ff\n"),
  JPEG_XL_BOX("JPEG XL", 4, "JXL \r\n"),
  PHOTOSHOP("Photoshop", 0, "8BPS");

  private final String title;
  private final int offset;
  private final byte[] magic;

  PictureFormat(String title, int offset, String magic) {
    this.title = title;
    this.offset = offset;
    this.magic = magic.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The format of a file's content, if it is one of a picture. */
  static Optional<PictureFormat> of(byte[] content) {
    return Stream.of(values()).filter(format -> format.begins(content)).findFirst();
  }

  private boolean begins(byte[] content) {
    int end = offset + magic.length;
    return content.length >= end && Arrays.equals(content, offset, end, magic, 0, magic.length);
  }

  /** As in {@code WebP}. */
  @Override
  public String toString() {
    return title;
  }
}
