package dev.tandem.examples.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The settings of a config's text, each under the path that {@code --set} takes. */
public final class FlatSettings {

  private static final YAMLMapper YAML = new YAMLMapper();

  private FlatSettings() {}

  /**
   * All of them, in the order of the text.
   *
   * @return numbers, truth values and texts; lists of these as one text; none if the text is no
   *     config
   */
  public static Map<String, Object> of(String config) {
    Map<String, Object> flat = new LinkedHashMap<>();
    try {
      add("", YAML.readTree(config), flat);
    } catch (IOException e) {
      return Map.of();
    }
    return flat;
  }

  private static void add(String path, JsonNode node, Map<String, Object> flat) {
    if (node.isObject()) {
      node.properties()
          .forEach(
              e -> add(path.isEmpty() ? e.getKey() : path + "." + e.getKey(), e.getValue(), flat));
    } else if (node.isArray() && containers(node)) {
      for (int i = 0; i < node.size(); i++) {
        add(path + "." + i, node.get(i), flat);
      }
    } else {
      flat.put(path, value(node));
    }
  }

  private static boolean containers(JsonNode array) {
    for (JsonNode each : array) {
      if (each.isContainerNode()) {
        return true;
      }
    }
    return false;
  }

  private static Object value(JsonNode node) {
    if (node.isNumber()) {
      return node.numberValue();
    }
    return node.isBoolean()
        ? node.booleanValue()
        : node.isValueNode() ? node.asText() : node.toString();
  }
}
