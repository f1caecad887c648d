package dev.tandem.keras;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a layer is called on.
 *
 * @param tensors in their order
 * @param training what it is called with; null for nothing. Files of Keras 3 have the default of a
 *     layer's class here where nothing was said, and {@code fit} and {@code predict} say it anew
 * @param ofKeras3 whether it is written as arguments of Python's
 */
record CallArguments(List<Endpoint> tensors, @Nullable Boolean training, boolean ofKeras3) {

  static CallArguments read(JsonNode call, String place, Problems problems) {
    List<Endpoint> tensors = new ArrayList<>();
    Boolean training = null;
    if (call.isArray()) {
      // Keras 2: [name, call, output, arguments] for each tensor.
      for (JsonNode one : Endpoint.isOne(call) ? List.of(call) : call) {
        if (!Endpoint.isOne(one)) {
          problems.add(place, "is called on " + one + ", which is no tensor of a layer");
          continue;
        }
        tensors.add(Endpoint.of(one));
        Boolean told = training(one.path(3), place, problems);
        training = told == null ? training : told;
      }
      return new CallArguments(List.copyOf(tensors), training, false);
    }
    call.path("args").forEach(argument -> collect(argument, tensors, place, problems));
    training = training(call.path("kwargs"), place, problems);
    return new CallArguments(List.copyOf(tensors), training, true);
  }

  /** Whether it is called with {@code training=False}. */
  boolean inference() {
    return Boolean.FALSE.equals(training);
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

  private static @Nullable Boolean training(JsonNode arguments, String place, Problems problems) {
    Boolean training = null;
    for (Map.Entry<String, JsonNode> one : arguments.properties()) {
      JsonNode value = one.getValue();
      if (one.getKey().equals("training") && value.isBoolean()) {
        training = value.booleanValue();
      } else if (!value.isNull()) {
        problems.add(
            place,
            "is called with "
                + one.getKey()
                + "="
                + value
                + "; calls are imported with tensors and training=False alone");
      }
    }
    return training;
  }
}
