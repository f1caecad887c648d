package dev.tandem.core.io;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * Manifests as text: JSON in lines of at most 160 characters where that can be, whose last entry is
 * the CRC-32C of all characters before it in UTF-8, carriage returns not counted.
 */
final class ManifestText {

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION).build();

  private static final int WIDTH = 160;
  private static final String SEAL = ",\n  \"crc32c\": \"";

  private ManifestText() {}

  /** The text of an object, sealed. */
  static String of(ObjectNode root) {
    StringBuilder text = new StringBuilder();
    broken(text, root, 0);
    text.setLength(text.length() - "\n}".length());
    return text + SEAL + HexFormat.of().toHexDigits(crc(text.toString())) + "\"\n}\n";
  }

  static JsonNode parse(String text) throws JsonProcessingException {
    return MAPPER.readTree(text);
  }

  /** Whether a text is as it was written. */
  static boolean isSealed(String text) {
    String unified = text.replace("\r", "");
    int seal = unified.lastIndexOf(SEAL);
    if (seal < 0) {
      return false;
    }
    String body = unified.substring(0, seal);
    String end = HexFormat.of().toHexDigits(crc(body)) + "\"\n}\n";
    return unified.substring(seal + SEAL.length()).equals(end);
  }

  private static int crc(String text) {
    CRC32C crc = new CRC32C();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return (int) crc.getValue();
  }

  /** Appends a node: on one line if it fits. */
  private static void append(StringBuilder text, JsonNode node, int depth) {
    int start = text.length();
    int column = start - text.lastIndexOf("\n");
    entries(text, node, "", ", ", child -> line(text, child));
    if (column + text.length() - start > WIDTH && !node.isEmpty()) {
      text.setLength(start);
      broken(text, node, depth);
    }
  }

  private static void line(StringBuilder text, JsonNode node) {
    entries(text, node, "", ", ", child -> line(text, child));
  }

  private static void broken(StringBuilder text, JsonNode node, int depth) {
    String indent = "\n" + "  ".repeat(depth + 1);
    entries(text, node, indent, "," + indent, child -> append(text, child, depth + 1));
    text.insert(text.length() - 1, "\n" + "  ".repeat(depth));
  }

  /** Appends an object or a list by its entries, or a value. */
  private static void entries(
      StringBuilder text,
      JsonNode node,
      String before,
      String between,
      Consumer<JsonNode> appendEntry) {
    if (!node.isContainerNode()) {
      text.append(node);
      return;
    }
    text.append(node.isObject() ? '{' : '[');
    String separator = before;
    Iterator<Map.Entry<String, JsonNode>> named = node.properties().iterator();
    for (JsonNode child : node) {
      text.append(separator);
      if (node.isObject()) {
        text.append(TextNode.valueOf(named.next().getKey())).append(": ");
      }
      appendEntry.accept(child);
      separator = between;
    }
    text.append(node.isObject() ? '}' : ']');
  }
}
