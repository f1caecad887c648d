package dev.tandem.keras;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a layer is called on.
 *
 * @param tensors in their order
 * @param inference whether it is called with {@code training=False}
 */
record CallArguments(List<Endpoint> tensors, boolean inference) {

  static CallArguments read(JsonNode call, String place, Problems problems) {
    List<Endpoint> tensors = new ArrayList<>();
    boolean inference = false;
    if (call.isArray()) {
      // Keras 2: [name, call, output, arguments] for each tensor.
      for (JsonNode one : Endpoint.isOne(call) ? List.of(call) : call) {
        if (!Endpoint.isOne(one)) {
          problems.add(place, "is called on " + one + ", which is no tensor of a layer");
          continue;
        }
        tensors.add(Endpoint.of(one));
        inference |= isInference(one.path(3), place, problems);
      }
    } else {
      call.path("args").forEach(argument -> collect(argument, tensors, place, problems));
      inference = isInference(call.path("kwargs"), place, problems);
    }
    return new CallArguments(List.copyOf(tensors), inference);
  }

  private static void collect(
      JsonNode argument, List<Endpoint> tensors, String place, Problems problems) {
    if (argument.isArray()) {
      argument.forEach(inner -> collect(inner, tensors, place, problems));
      return;
    }
    JsonNode history = argument.path("config").path("keras_history");
    if (argument.path("class_name").asText().equals("__keras_tensor__")
        && Endpoint.isOne(history)) {
      tensors.add(Endpoint.of(history));
    } else if (!argument.isNull()) {
      problems.add(place, "is called on " + argument + ", which is no tensor of a layer");
    }
  }

  private static boolean isInference(JsonNode arguments, String place, Problems problems) {
    boolean inference = false;
    for (Map.Entry<String, JsonNode> one : arguments.properties()) {
      JsonNode value = one.getValue();
      if (value.isNull()) {
        continue;
      }
      if (one.getKey().equals("training") && value.isBoolean() && !value.booleanValue()) {
        inference = true;
      } else {
        problems.add(
            place,
            "is called with "
                + one.getKey()
                + "="
                + value
                + "; calls are imported with tensors and training=False alone");
      }
    }
    return inference;
  }
}
