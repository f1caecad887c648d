package dev.tandem.gan.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;

/** Small lossless WebP files, by the specification of the bitstream (RFC 9649). */
final class WebPs {

  private final BitSet bits = new BitSet();
  private int length;

  private WebPs() {}

  /** A picture whose columns have one of two greens in turn, beside one red, blue and alpha. */
  static byte[] stripes(int width, int height, int red, int[] greens, int blue, int alpha) {
    WebPs file = new WebPs();
    file.put(0x2F, 8).put(width - 1, 14).put(height - 1, 14).put(1, 1).put(0, 3);
    // No transform, no cache of colors, one group of codes.
    file.put(0, 1).put(0, 1).put(0, 1);
    file.put(1, 1).put(1, 1).put(1, 1).put(greens[0], 8).put(greens[1], 8);
    file.single(red).single(blue).single(alpha).single(0);
    for (int i = 0; i < width * height; i++) {
      file.put(i % width % 2, 1);
    }
    return file.container();
  }

  /** A code of one symbol, which takes no bits. */
  private WebPs single(int symbol) {
    return put(1, 1).put(0, 1).put(1, 1).put(symbol, 8);
  }

  private WebPs put(int value, int count) {
    for (int i = 0; i < count; i++) {
      bits.set(length++, (value >> i & 1) == 1);
    }
    return this;
  }

  private byte[] container() {
    int size = (length + 7) / 8;
    int padded = size + size % 2;
    ByteBuffer file = ByteBuffer.allocate(20 + padded).order(ByteOrder.LITTLE_ENDIAN);
    file.put(ascii("RIFF")).putInt(12 + padded).put(ascii("WEBP"));
    file.put(ascii("VP8L")).putInt(size).put(bits.toByteArray());
    return file.array();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
