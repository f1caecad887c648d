package dev.tandem.dashboard.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Small files of a run, and settings by the names that {@code --set} takes. */
final class SettingsText {

  private static final int MOST_BYTES = 8 << 20;
  private static final ObjectMapper YAML = new YAMLMapper();
  private static final JsonMapper JSON = new JsonMapper();

  private SettingsText() {}

  /** All settings of a config.yaml, flat; empty if it is not there or not whole yet. */
  static Map<String, String> settings(Path file) {
    Map<String, String> flat = new LinkedHashMap<>();
    byte[] bytes = bytes(file);
    if (bytes != null) {
      try {
        flatten("", YAML.readTree(bytes), flat);
      } catch (IOException e) {
        return Map.of();
      }
    }
    return flat;
  }

  /** A JSON file; null if it is not there or not whole yet. */
  static @Nullable JsonNode json(Path file) {
    byte[] bytes = bytes(file);
    try {
      return bytes == null ? null : JSON.readTree(bytes);
    } catch (IOException e) {
      return null;
    }
  }

  /** A file; null if it is not there, no file, or too long for what it is. */
  static byte @Nullable [] bytes(Path file) {
    BasicFileAttributes found = LineTail.attributes(file);
    if (found == null || found.size() > MOST_BYTES) {
      return null;
    }
    try (InputStream in = Channels.newInputStream(LineTail.open(file))) {
      return in.readNBytes(MOST_BYTES);
    } catch (IOException e) {
      return null;
    }
  }

  private static void flatten(String name, JsonNode node, Map<String, String> flat) {
    if (node.isObject() && !node.isEmpty()) {
      for (Map.Entry<String, JsonNode> field : node.properties()) {
        String inner = name.isEmpty() ? field.getKey() : name + "." + field.getKey();
        flatten(inner, field.getValue(), flat);
      }
    } else if (node.isArray() && !node.isEmpty()) {
      for (int i = 0; i < node.size(); i++) {
        flatten(name + "[" + i + "]", node.get(i), flat);
      }
    } else if (!name.isEmpty()) {
      flat.put(name, node.isValueNode() ? node.asText() : node.toString());
    }
  }
}
