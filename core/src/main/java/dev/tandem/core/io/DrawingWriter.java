package dev.tandem.core.io;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.Node;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.ConfigTypes;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.LayerSpec;
import dev.tandem.core.layer.LayerTypes;
import dev.tandem.core.layer.StandardLayer;
import dev.tandem.core.model.Model;
import dev.tandem.core.tensor.TensorSpec;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What models are made of, as a list of entries that refer to earlier ones by their index: inputs,
 * layers, calls of layers and models, and models. Each object has one entry, so whatever is shared
 * is shared again when the list is read. Tensors are pairs of an entry and an output of it.
 *
 * <p>Where a model begins inside another drawing, which is not saved with it, an input stands in
 * place of the tensor it begins at.
 */
final class DrawingWriter {

  private final ArrayNode entries = JsonNodeFactory.instance.arrayNode();
  private final Map<Object, Integer> indices = new IdentityHashMap<>();
  private final Set<Node> drawn = new HashSet<>();
  private final Set<String> names = new HashSet<>();

  private DrawingWriter() {}

  /**
   * The list, as {@code drawing}, and as {@code roots} which of its entries the models are.
   *
   * @throws IllegalArgumentException if a layer cannot be described in a file
   */
  static ObjectNode write(List<Model> roots) {
    DrawingWriter writer = new DrawingWriter();
    roots.forEach(writer::collect);
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    ArrayNode places = node.putArray("roots");
    roots.forEach(root -> places.add(writer.model(root)));
    node.set("drawing", writer.entries);
    return node;
  }

  private void collect(Model model) {
    for (Node node : model.graph().nodes()) {
      names.add(node.callee().name());
      if (drawn.add(node) && node.callee() instanceof Model inner) {
        collect(inner);
      }
    }
  }

  private int put(Object object, ObjectNode entry) {
    entries.add(entry);
    indices.put(object, entries.size() - 1);
    return entries.size() - 1;
  }

  private int model(Model model) {
    if (indices.containsKey(model)) {
      return indices.get(model);
    }
    model.graph().inputs().forEach(this::tensor);
    model.graph().nodes().forEach(this::call);
    ObjectNode entry = object().put("model", model.name()).put("trainable", model.isTrainable());
    entry.set("inputs", tensors(model.graph().inputs()));
    entry.set("outputs", tensors(model.graph().outputs()));
    return put(model, entry);
  }

  private ArrayNode tensors(List<SymbolicTensor> tensors) {
    ArrayNode pairs = JsonNodeFactory.instance.arrayNode();
    tensors.forEach(tensor -> pairs.add(tensor(tensor)));
    return pairs;
  }

  private ArrayNode tensor(SymbolicTensor tensor) {
    Node producer = tensor.producer();
    if (drawn.contains(producer)) {
      return pair(call(producer), tensor.index());
    }
    Integer known = indices.get(tensor);
    return pair(known == null ? input(tensor) : known, 0);
  }

  private static ArrayNode pair(int entry, int output) {
    return JsonNodeFactory.instance.arrayNode().add(entry).add(output);
  }

  /** An input, or what stands for a tensor of a drawing that is not saved. */
  private int input(SymbolicTensor tensor) {
    TensorSpec spec = tensor.spec();
    if (spec.shape().isConcrete()) {
      throw new IllegalArgumentException(
          "a model that begins at "
              + tensor
              + " cannot be saved: a file begins at tensors of an open batch; save the"
              + " weights alone, with Weights.save");
    }
    ObjectNode entry = object().put("input", inputName(tensor));
    entry.put("dtype", dtype(tensor, spec));
    ArrayNode sample = entry.putArray("sample");
    for (long size : spec.shape().sample().toArray()) {
      sample.add(size);
    }
    return put(tensor, entry);
  }

  /** The name of an input, or of what stands for one, which no layer may have as well. */
  private String inputName(SymbolicTensor tensor) {
    String name = tensor.producer().callee().name();
    while (!(tensor instanceof Input) && names.contains(name)) {
      name += "_in";
    }
    return name;
  }

  private static String dtype(SymbolicTensor tensor, TensorSpec spec) {
    try {
      return ElementType.of(spec.dtype()).label();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "a model that begins at " + tensor + " cannot be saved: " + e.getMessage(), e);
    }
  }

  private int call(Node node) {
    if (indices.containsKey(node)) {
      return indices.get(node);
    }
    int callee = node.callee() instanceof Model model ? model(model) : layer((Layer) node.callee());
    ObjectNode entry = object().put("call", callee);
    entry.set("on", tensors(node.inputs()));
    return put(node, entry);
  }

  private int layer(Layer layer) {
    if (indices.containsKey(layer)) {
      return indices.get(layer);
    }
    if (!(layer instanceof StandardLayer<?> standard)) {
      throw unsaveable(layer, "is code, for which files have no form", "");
    }
    if (!LayerTypes.names().contains(layer.typeName())) {
      throw unsaveable(
          layer,
          "is of a type that is not registered",
          ", or register it with LayerTypes.register");
    }
    layer.inner().forEach(this::layer);
    ObjectNode entry = object().put("layer", layer.typeName()).put("name", layer.name());
    entry.put("trainable", layer.isTrainable());
    SettingsWriter settings = new SettingsWriter(ConfigTypes::name, spec -> inner(layer, spec));
    ObjectNode config = entry.putObject("config");
    standard
        .config()
        .settings()
        .forEach(
            (key, value) -> {
              try {
                config.set(key, settings.write(value));
              } catch (IllegalArgumentException e) {
                throw unsaveable(layer, "has the setting \"" + key + "\": " + e.getMessage(), "");
              }
            });
    return put(layer, entry);
  }

  private int inner(Layer layer, LayerSpec spec) {
    return layer.inner().stream()
        .filter(inner -> inner.name().equals(spec.name()))
        .map(indices::get)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the layer \"" + spec.name() + "\", which is not among those it wraps"));
  }

  private static IllegalArgumentException unsaveable(Layer layer, String reason, String nextStep) {
    return new IllegalArgumentException(
        layer
            + " cannot be saved in a model file: it "
            + reason
            + "; save the weights alone, with Weights.save"
            + nextStep);
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
