package dev.tandem.examples.report;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Texts of runs, whatever they hold, as text of a page. */
final class Escaped {

  private Escaped() {}

  /** For HTML, in text and in quoted attributes. */
  static String html(String text) {
    StringBuilder safe = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> {
                  boolean control = c < ' ' && c != '\n' && c != '\t';
                  safe.appendCodePoint(control ? 0xfffd : c);
                }
              }
            });
    return safe.toString();
  }

  /** For a cell of a table in Markdown: nothing in it is markup, and it is one line. */
  static String markdown(String text) {
    return html(text.replaceAll("\\R", " ")).replaceAll("([\\\\`*_\\[\\]|~#!])", "\\\\$1");
  }

  /** As the target of a link in Markdown or HTML. */
  static String link(String path) {
    StringBuilder safe = new StringBuilder();
    for (byte each : path.getBytes(StandardCharsets.UTF_8)) {
      boolean plain =
          each >= 'a' && each <= 'z'
              || each >= 'A' && each <= 'Z'
              || each >= '0' && each <= '9'
              || "-._~/".indexOf(each) >= 0;
      if (plain) {
        safe.append((char) each);
      } else {
        safe.append('%').append(HexFormat.of().withUpperCase().toHexDigits(each));
      }
    }
    return safe.toString();
  }
}
