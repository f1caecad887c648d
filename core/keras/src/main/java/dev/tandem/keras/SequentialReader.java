package dev.tandem.keras;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Reads a sequential model. */
final class SequentialReader {

  private final ModelReader reader;
  private final String place;
  private final int depth;

  SequentialReader(ModelReader reader, String place, int depth) {
    this.reader = reader;
    this.place = place;
    this.depth = depth;
  }

  ModelPlan read(
      String name,
      boolean trainable,
      List<String> notes,
      JsonNode config,
      JsonNode layers,
      JsonNode node) {
    List<Part> parts = new ArrayList<>();
    List<PartCall> calls = new ArrayList<>();
    InputPlan input = null;
    for (JsonNode layer : layers) {
      JsonNode settings = layer.path("config");
      if (layer.path("class_name").asText().equals("InputLayer")) {
        if (input == null) {
          input = input(settings.path("name").asText("input"), settings, config, node);
        }
        continue;
      }
      if (input == null) {
        String first = settings.path("name").asText("input") + "_input";
        input = input(first, settings, config, node);
      }
      Part part = reader.part(layer, place, depth);
      TensorRef before =
          calls.isEmpty()
              ? new TensorRef(input.name(), 0, 0)
              : new TensorRef(
                  calls.get(calls.size() - 1).part().name(), times(parts, calls) - 1, 0);
      parts.add(part);
      calls.add(new PartCall(part, List.of(before), CallForm.PLAIN));
    }
    if (input == null || calls.isEmpty()) {
      reader.problems().add(place, "has no layers");
      return new ModelPlan(
          name, "Sequential", trainable, notes, place, List.of(), parts, calls, List.of());
    }
    TensorRef last =
        new TensorRef(calls.get(calls.size() - 1).part().name(), times(parts, calls) - 1, 0);
    ModelPlan model =
        new ModelPlan(
            name,
            "Sequential",
            trainable,
            notes,
            place,
            List.of(input),
            parts.stream().distinct().toList(),
            calls,
            List.of(last));
    reader.checkInputs(model);
    return model;
  }

  /** How often the last part was called. */
  private static int times(List<Part> parts, List<PartCall> calls) {
    Part last = calls.get(calls.size() - 1).part();
    return (int) parts.stream().filter(part -> part == last).count();
  }

  /**
   * By what Keras 3 says of the input, what Keras 2 says of it, or what the model was built for.
   */
  private InputPlan input(String name, JsonNode settings, JsonNode config, JsonNode node) {
    JsonNode shape = settings.path("batch_shape");
    for (JsonNode other :
        List.of(
            settings.path("batch_input_shape"),
            config.path("build_input_shape"),
            node.path("build_config").path("input_shape"))) {
      shape = shape.isArray() ? shape : other;
    }
    return reader.input(name, place, settings, shape, depth);
  }
}
