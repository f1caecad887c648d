package dev.tandem.keras;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The functions in a file of Keras 3 by which it computes masks that go along with tensors: they
 * lead to {@code mask} arguments of calls alone. Tandem's layers carry masks themselves, so the
 * functions are left out, if they begin where a layer makes a mask.
 */
final class MaskPlumbing {

  private final Map<String, JsonNode> layers = new HashMap<>();
  private final Set<String> needed = new HashSet<>();

  MaskPlumbing(JsonNode config) {
    for (JsonNode layer : config.path("layers")) {
      layers.put(layer.path("name").asText(layer.path("config").path("name").asText()), layer);
    }
    Deque<String> open = new ArrayDeque<>();
    Endpoint.all(config.path("output_layers")).forEach(end -> open.add(end.layer()));
    while (!open.isEmpty()) {
      String name = open.pop();
      JsonNode layer = layers.get(name);
      if (layer != null && needed.add(name)) {
        for (JsonNode call : layer.path("inbound_nodes")) {
          open.addAll(sources(call.isArray() ? call : call.path("args")));
          call.path("kwargs")
              .properties()
              .forEach(
                  one -> {
                    if (!one.getKey().equals("mask")) {
                      open.addAll(sources(one.getValue()));
                    }
                  });
        }
      }
    }
  }

  /** The layers whose tensors stand in a structure of arguments. */
  private static Set<String> sources(JsonNode arguments) {
    Set<String> names = new LinkedHashSet<>();
    Endpoint.all(arguments).forEach(end -> names.add(end.layer()));
    return names;
  }

  /** Whether a layer of the file is such a function. */
  boolean holds(JsonNode layer) {
    String name = layer.path("name").asText(layer.path("config").path("name").asText());
    return !layer.path("class_name").asText().equals("InputLayer") && !needed.contains(name);
  }

  /** Whether a mask comes from layers that make masks of the same tensors by the same numbers. */
  boolean isOfLayers(Endpoint mask) {
    Deque<String> open = new ArrayDeque<>(List.of(mask.layer()));
    Set<String> seen = new HashSet<>();
    boolean begins = false;
    while (!open.isEmpty()) {
      JsonNode layer = layers.get(open.pop());
      if (layer == null || !holds(layer)) {
        return false; // a tensor of somebody's own
      }
      for (JsonNode call : layer.path("inbound_nodes")) {
        JsonNode arguments = call.path("args");
        if (layer.path("class_name").asText().equals("NotEqual")) {
          if (!isMade(arguments.path(0), arguments.path(1).asDouble(Double.NaN))) {
            return false;
          }
          begins = true;
        } else if (!layer.path("class_name").asText().equals("ZerosLike")
            && !layer.path("class_name").asText().equals("OnesLike")) {
          sources(arguments).stream().filter(seen::add).forEach(open::add);
        }
      }
    }
    return begins;
  }

  private boolean isMade(JsonNode tensor, double padding) {
    for (JsonNode layer : layers.values()) {
      JsonNode config = layer.path("config");
      double own =
          switch (layer.path("class_name").asText()) {
            case "Embedding" -> config.path("mask_zero").asBoolean(false) ? 0 : Double.NaN;
            case "Masking" -> config.path("mask_value").asDouble(0);
            default -> Double.NaN;
          };
      if (own != padding) {
        continue;
      }
      for (JsonNode call : layer.path("inbound_nodes")) {
        if (call.path("args")
            .path(0)
            .findValues("keras_history")
            .equals(tensor.findValues("keras_history"))) {
          return true;
        }
      }
    }
    return false;
  }
}
