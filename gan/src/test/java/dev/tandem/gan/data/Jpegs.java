package dev.tandem.gan.data;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** JPEG files made by hand, where ImageIO's writer makes none. */
final class Jpegs {

  private Jpegs() {}

  /** A picture at the best quality. */
  static byte[] of(BufferedImage image) throws IOException {
    return write(new IIOImage(image, null, null), ImageWriteParam.MODE_DISABLED);
  }

  /** The same in scans that become finer. */
  static byte[] progressive(BufferedImage image) throws IOException {
    return write(new IIOImage(image, null, null), ImageWriteParam.MODE_DEFAULT);
  }

  /** Four components as they stand, with an Adobe marker: transform 0 is CMYK, 2 is YCCK. */
  static byte[] fourComponents(int width, int height, int[] components, int transform)
      throws IOException {
    byte[] plain = fourComponents(width, height, components);
    byte[] adobe = {
      (byte) 0xFF, (byte) 0xEE, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, (byte) transform
    };
    return inserted(plain, adobe);
  }

  /** Four components without a word on what they are. */
  static byte[] fourComponents(int width, int height, int[] components) throws IOException {
    WritableRaster raster =
        Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, width, height, 4, null);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        raster.setPixel(x, y, components);
      }
    }
    return write(new IIOImage(raster, null, null), ImageWriteParam.MODE_DISABLED);
  }

  /** The file with an orientation noted by Exif. */
  static byte[] oriented(byte[] jpeg, int orientation, ByteOrder order) {
    byte[] tiff = tiffWithOrientation(orientation, order);
    ByteBuffer segment = ByteBuffer.allocate(4 + 6 + tiff.length);
    segment.putShort((short) 0xFFE1).putShort((short) (2 + 6 + tiff.length));
    segment.put("Exif\0\0".getBytes(StandardCharsets.ISO_8859_1)).put(tiff);
    return inserted(jpeg, segment.array());
  }

  /** Exif's block: a directory of two entries, the second of which is the orientation. */
  static byte[] tiffWithOrientation(int orientation, ByteOrder order) {
    ByteBuffer tiff = ByteBuffer.allocate(8 + 2 + 2 * 12 + 4).order(order);
    tiff.put((order == ByteOrder.LITTLE_ENDIAN ? "II" : "MM").getBytes(StandardCharsets.US_ASCII));
    tiff.putShort((short) 42).putInt(8).putShort((short) 2);
    tiff.putShort((short) 0x100)
        .putShort((short) 3)
        .putInt(1)
        .putShort((short) 4)
        .putShort((short) 0);
    tiff.putShort((short) 0x112).putShort((short) 3).putInt(1);
    tiff.putShort((short) orientation).putShort((short) 0);
    return tiff.putInt(0).array();
  }

  private static byte[] inserted(byte[] jpeg, byte[] segment) {
    return ByteBuffer.allocate(jpeg.length + segment.length)
        .put(jpeg, 0, 2)
        .put(segment)
        .put(jpeg, 2, jpeg.length - 2)
        .array();
  }

  private static byte[] write(IIOImage image, int progressive) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      ImageWriteParam quality = writer.getDefaultWriteParam();
      quality.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      quality.setCompressionQuality(1);
      quality.setProgressiveMode(progressive);
      writer.write(null, image, quality);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
