package dev.tandem.keras;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads a functional model: layers by name, and for each of its calls the tensors that it was
 * called on. Keras 3 writes these as arguments of Python's, Keras 2 as lists.
 */
final class FunctionalReader {

  /** Layers that do another thing in training. */
  private static final Set<String> MODAL =
      Set.of(
          "BatchNormalization",
          "Dropout",
          "GaussianNoise",
          "MultiHeadAttention",
          "SpectralNormalization");

  private final ModelReader reader;
  private final String place;
  private final int depth;
  private final Map<String, InputPlan> inputs = new LinkedHashMap<>();
  private final Map<String, Part> parts = new LinkedHashMap<>();
  private final Map<String, JsonNode> inbound = new HashMap<>();
  private MaskPlumbing plumbing = new MaskPlumbing(MissingNode.getInstance());

  FunctionalReader(ModelReader reader, String place, int depth) {
    this.reader = reader;
    this.place = place;
    this.depth = depth;
  }

  ModelPlan read(String name, String type, boolean trainable, List<String> notes, JsonNode config) {
    plumbing = new MaskPlumbing(config);
    for (JsonNode layer : config.path("layers")) {
      if (!plumbing.holds(layer)) {
        layer(layer);
      }
    }
    List<PartCall> calls = new ArrayList<>();
    for (Part part : parts.values()) {
      for (JsonNode call : calls(part)) {
        calls.add(call(part, call));
      }
    }
    List<InputPlan> entries = new ArrayList<>();
    for (Endpoint end : Endpoint.all(config.path("input_layers"))) {
      InputPlan input = inputs.get(end.layer());
      if (input == null) {
        reader
            .problems()
            .add(place, "names an input \"" + end.layer() + "\" that it does not have");
      } else {
        entries.add(input);
      }
    }
    List<TensorRef> outputs = new ArrayList<>();
    for (Endpoint end : Endpoint.all(config.path("output_layers"))) {
      outputs.add(resolve(end, place, true));
    }
    if (entries.isEmpty() || outputs.isEmpty()) {
      reader.problems().add(place, "has no inputs or no outputs");
    }
    ModelPlan model =
        new ModelPlan(
            name,
            type,
            trainable,
            notes,
            place,
            entries,
            List.copyOf(parts.values()),
            calls,
            outputs);
    reader.checkInputs(model);
    return model;
  }

  private void layer(JsonNode layer) {
    JsonNode settings = layer.path("config");
    String name = layer.path("name").asText(settings.path("name").asText("?"));
    if (layer.path("class_name").asText().equals("InputLayer")) {
      JsonNode shape = settings.path("batch_shape");
      inputs.put(
          name,
          reader.input(
              name,
              place,
              settings,
              shape.isArray() ? shape : settings.path("batch_input_shape"),
              depth));
      return;
    }
    Part part = reader.part(layer, place, depth);
    if (!part.name().equals(name)) {
      reader
          .problems()
          .add(place, "calls \"" + part.name() + "\" by another name, \"" + name + "\"");
    }
    if (parts.put(name, part) != null || inputs.containsKey(name)) {
      reader.problems().add(place, "has two layers named \"" + name + "\"");
    }
    inbound.put(part.name(), layer.path("inbound_nodes"));
  }

  private JsonNode calls(Part part) {
    return inbound.getOrDefault(part.name(), MissingNode.getInstance());
  }

  private PartCall call(Part part, JsonNode call) {
    String at = LayerReaders.place(place, part.name(), part.kerasClass());
    CallArguments arguments = CallArguments.read(call, at, reader.problems());
    boolean inference = part instanceof ModelPlan && arguments.inference();
    if (part instanceof LayerPlan) {
      checkMode(part, arguments, at);
    } else if (Boolean.TRUE.equals(arguments.training())) {
      reader.problems().add(at, "is called with training=True; a model is called as training says");
    }
    Endpoint mask = arguments.mask();
    if (mask != null && !plumbing.isOfLayers(mask)) {
      reader
          .problems()
          .add(
              at,
              "is called with a mask of its own, \""
                  + mask.layer()
                  + "\"; masks are imported where an Embedding with mask_zero or a Masking makes"
                  + " them");
    }
    List<TensorRef> refs = new ArrayList<>();
    for (Endpoint end : arguments.tensors()) {
      refs.add(resolve(end, at, false));
    }
    if (refs.isEmpty()) {
      reader.problems().add(at, "is called on nothing");
    }
    return new PartCall(part, refs, arguments.form(inference));
  }

  /**
   * Keras 2 holds to what a layer was called with. Keras 3 writes the default of the layer's class
   * where nothing was said, and {@code fit} and {@code predict} put their own in its place.
   */
  private void checkMode(Part part, CallArguments arguments, String at) {
    Boolean training = arguments.training();
    if (training == null || !MODAL.contains(part.kerasClass())) {
      return;
    }
    if (!arguments.ofKeras3()) {
      reader
          .problems()
          .add(
              at,
              "is called with training="
                  + (training ? "True" : "False")
                  + "; Tandem runs models as in inference, not layers: put it into a model of its"
                  + " own, or freeze it");
    } else if (training || part.kerasClass().equals("BatchNormalization")) {
      part.note(
          "is called with training="
              + (training ? "True" : "False")
              + ", which fit and predict of Keras 3 put their own in place of; here too it does"
              + " what training and prediction ask for");
    }
  }

  /**
   * Finds the call that a number means. A nested model has a call from the beginning, on its own
   * inputs, which Keras 2 counts everywhere, and Keras 3 at the outputs of functional models alone.
   */
  private TensorRef resolve(Endpoint end, String at, boolean isOutput) {
    if (inputs.containsKey(end.layer())) {
      return new TensorRef(end.layer(), 0, end.output());
    }
    Part part = parts.get(end.layer());
    if (part == null) {
      reader.problems().add(at, "takes a tensor of \"" + end.layer() + "\", which is not there");
      return new TensorRef(end.layer(), 0, 0);
    }
    JsonNode nodes = calls(part);
    int calls = nodes.size();
    int counted = end.call();
    if (part instanceof ModelPlan) {
      boolean legacy = calls > 0 && nodes.get(0).isArray();
      boolean first = legacy || isOutput && !part.kerasClass().equals("Sequential");
      int preferred = first ? counted - 1 : counted;
      int other = first ? counted : counted - 1;
      counted = preferred >= 0 && preferred < calls ? preferred : other;
    }
    if (counted < 0 || counted >= calls) {
      reader
          .problems()
          .add(
              at,
              "takes a tensor of call "
                  + end.call()
                  + " of \""
                  + end.layer()
                  + "\", which is called "
                  + calls
                  + " times");
      return new TensorRef(end.layer(), 0, 0);
    }
    return new TensorRef(end.layer(), counted, end.output());
  }
}
