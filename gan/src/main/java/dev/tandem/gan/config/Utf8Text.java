package dev.tandem.gan.config;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The text of bytes, or the place where they are none. */
final class Utf8Text {

  private Utf8Text() {}

  /**
   * A text.
   *
   * @param source what messages call it
   * @throws ConfigException if bytes are no UTF-8; says line, column and the byte
   */
  static String of(byte[] bytes, String source) {
    ByteBuffer from = ByteBuffer.wrap(bytes);
    CharBuffer text = CharBuffer.allocate(bytes.length);
    CoderResult result =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .decode(from, text, true);
    text.flip();
    if (!result.isError()) {
      return text.toString();
    }
    String before = text.toString();
    int line = 1 + (int) before.chars().filter(letter -> letter == '\n').count();
    int column = before.length() - before.lastIndexOf('\n');
    throw new Place(source, line, column)
        .error(
            String.format(
                Locale.ROOT,
                "byte 0x%02X is no text in UTF-8; save the file as UTF-8, as editors offer it",
                bytes[from.position()] & 0xFF));
  }
}
