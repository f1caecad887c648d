package dev.tandem.keras;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.core.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads models: functional and sequential ones, and those that are nested in them. */
final class ModelReader {

  private static final int DEEPEST = 100;

  private final Problems problems;
  private final Map<String, long[]> shapes;

  /** The layers that were met first with some settings, names among them. */
  private final Map<JsonNode, Met> settings = new HashMap<>();

  /** What the file says is one object although it stands in several places. */
  private final Map<Long, Part> shared = new HashMap<>();

  /**
   * A part, and the model around it.
   *
   * @param numbered whether the file says that it is shared
   */
  private record Met(Part part, String place, boolean numbered) {}

  /**
   * A reader.
   *
   * @param shapes of samples, for inputs of the outermost model that are open
   */
  ModelReader(Problems problems, Map<String, long[]> shapes) {
    this.problems = problems;
    this.shapes = shapes;
  }

  /** Reads the outermost model. */
  ModelPlan read(JsonNode node) {
    return model(node, null, 0);
  }

  /** Whether a class is a model, by its name or by what it has. */
  private static boolean isModel(JsonNode node) {
    String type = node.path("class_name").asText();
    JsonNode config = node.path("config");
    return type.equals("Functional")
        || type.equals("Model")
        || type.equals("Sequential")
        || config.path("layers").isArray();
  }

  private ModelPlan model(JsonNode node, @Nullable String around, int depth) {
    String type = node.path("class_name").asText("?");
    JsonNode config = node.path("config");
    String name =
        config.path("name").asText(node.path("name").asText(type.equals("?") ? "model" : type));
    String place = (around == null ? "" : around + ", ") + "model \"" + name + "\"";
    List<String> notes = new ArrayList<>();
    boolean trainable = config.path("trainable").asBoolean(true);
    JsonNode layers = config.isArray() ? config : config.path("layers");
    if (depth > DEEPEST) {
      problems.add(place, "is nested more than " + DEEPEST + " deep");
    }
    if (!layers.isArray() || depth > DEEPEST) {
      problems.add(
          place,
          "is of class "
              + type
              + ", whose layers are Python code that is not in the file; write the model in Java"
              + " and load the weights with KerasWeights");
      return new ModelPlan(
          name, type, trainable, notes, place, List.of(), List.of(), List.of(), List.of());
    }
    if (config.isArray() || type.equals("Sequential")) {
      return new SequentialReader(this, place, depth)
          .read(name, trainable, notes, config, layers, node);
    }
    if (!type.equals("Functional") && !type.equals("Model")) {
      notes.add("is of class " + type + ", of which the layers are taken and no code");
    }
    return new FunctionalReader(this, place, depth).read(name, type, trainable, notes, config);
  }

  /** Reads a layer or a nested model, or finds it again where it is shared. */
  Part part(JsonNode node, String place, int depth) {
    JsonNode id = node.path("shared_object_id");
    Part known = id.canConvertToLong() && id.isIntegralNumber() ? shared.get(id.longValue()) : null;
    if (known != null && known.kerasClass().equals(node.path("class_name").asText())) {
      return known;
    }
    JsonNode config = withoutNumbers(node.path("config"));
    Met met = settings.get(config);
    Met first = met == null || met.place().equals(place) ? null : met;
    if (first != null
        && id.isIntegralNumber()
        && !first.numbered()
        && first.part().kerasClass().equals(node.path("class_name").asText())) {
      // Keras numbers what it writes a second time; inside of nested models the first has none.
      shared.put(id.longValue(), first.part());
      return first.part();
    }
    Part part =
        isModel(node) ? model(node, place, depth + 1) : LayerReaders.read(node, place, problems);
    settings.putIfAbsent(config, new Met(part, place, id.isIntegralNumber()));
    if (first != null && part instanceof LayerPlan layer) {
      layer.seemsToBe(part.name() + "\" of " + first.place());
    }
    if (id.isIntegralNumber()) {
      shared.put(id.longValue(), part);
    }
    return part;
  }

  /** A copy without the numbers of shared objects, which depend on where a thing is written. */
  private static JsonNode withoutNumbers(JsonNode node) {
    JsonNode copy = node.deepCopy();
    for (JsonNode parent : copy.findParents("shared_object_id")) {
      ((ObjectNode) parent).remove("shared_object_id");
    }
    return copy;
  }

  Problems problems() {
    return problems;
  }

  /**
   * An input.
   *
   * @param depth of its model; shapes are given for the outermost alone
   */
  InputPlan input(String name, String model, JsonNode config, JsonNode shape, int depth) {
    String place = model + ", input \"" + name + "\"";
    long @Nullable [] sizes = sizes(shape);
    long[] given = depth == 0 ? shapes.get(name) : null;
    if (given != null) {
      if (sizes != null && !fits(sizes, given)) {
        problems.add(
            place,
            "is "
                + new InputPlan(name, place, sizes, "").open()
                + " in the file, and samples of "
                + Shape.of(given)
                + " were asked for; give only open axes another size");
      }
      sizes = given;
    }
    String dtype = Types.name(config.path("dtype"));
    if (config.path("sparse").asBoolean(false) || config.path("ragged").asBoolean(false)) {
      problems.add(place, "is sparse or ragged; Tandem's tensors are dense");
    }
    InputPlan input = new InputPlan(name, place, sizes, dtype);
    if (depth == 0 && input.sample().isEmpty()) {
      problems.add(
          place,
          "has the shape "
              + input.open()
              + "; Tandem's shapes are known but for the batch: give it one with"
              + " KerasFile.of(file).input(\""
              + name
              + "\", sizes…).read()");
    }
    return input;
  }

  private static boolean fits(long[] open, long[] given) {
    if (open.length != given.length) {
      return false;
    }
    for (int i = 0; i < open.length; i++) {
      if (open[i] >= 0 && open[i] != given[i]) {
        return false;
      }
    }
    return true;
  }

  /** The sizes behind the batch. */
  private static long @Nullable [] sizes(JsonNode shape) {
    if (!shape.isArray() || shape.isEmpty()) {
      return null;
    }
    long[] sizes = new long[shape.size() - 1];
    for (int i = 0; i < sizes.length; i++) {
      JsonNode size = shape.get(i + 1);
      sizes[i] = size.isIntegralNumber() ? size.longValue() : -1;
    }
    return sizes;
  }

  /** Checks that the inputs of a model are used as one kind of number, and of one that there is. */
  void checkInputs(ModelPlan model) {
    for (int i = 0; i < model.inputs().size(); i++) {
      InputPlan input = model.inputs().get(i);
      List<Boolean> uses = model.uses(input);
      boolean integers = model.takesIntegers(i);
      if (uses.contains(true) && uses.contains(false)) {
        problems.add(
            input.place(),
            "goes into an Embedding, which takes integers, and elsewhere; give the model two"
                + " inputs");
      }
      switch (input.dtype()) {
        case "float32", "float64", "int32", "int64" -> {}
        case "float16", "bfloat16" ->
            model.notes().add("input \"" + input.name() + "\" is float32, not " + input.dtype());
        default -> {
          if (!integers) {
            problems.add(
                input.place(),
                "is " + input.dtype() + "; Tandem's inputs are float32, float64, int32 or int64");
          }
        }
      }
      if (integers && !input.dtype().startsWith("int")) {
        model
            .notes()
            .add(
                "input \""
                    + input.name()
                    + "\" is int32, not "
                    + input.dtype()
                    + ", since it goes into an Embedding");
      }
    }
  }
}
