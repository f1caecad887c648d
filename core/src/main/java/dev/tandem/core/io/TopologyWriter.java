package dev.tandem.core.io;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.Naming;
import dev.tandem.core.graph.Node;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.ConfigTypes;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.LayerSpec;
import dev.tandem.core.layer.LayerTypes;
import dev.tandem.core.layer.StandardLayer;
import dev.tandem.core.model.Model;
import dev.tandem.core.tensor.TensorSpec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What models are made of, as a list of entries that refer to earlier ones by their index: inputs,
 * layers, calls of layers and models, and models. Each object has one entry, so whatever is shared
 * is shared again when the list is read. Tensors are pairs of an entry and an output of it.
 *
 * <p>Where a model begins inside another drawing, which is not saved with it, an input stands in
 * place of the tensor it begins at.
 */
final class TopologyWriter {

  private final ArrayNode entries = JsonNodeFactory.instance.arrayNode();
  private final Map<Object, Integer> indices = new IdentityHashMap<>();
  private final Set<Node> drawn = new HashSet<>();
  private final Set<String> names = new HashSet<>();

  /** What layers without a name are called where they come first. */
  private final Map<Layer, String> places = new IdentityHashMap<>();

  private TopologyWriter() {}

  /**
   * The list, as {@code drawing}, and as {@code roots} which of its entries the models are.
   *
   * @throws IllegalArgumentException if a layer cannot be described in a file
   */
  static ObjectNode write(List<Model> roots) {
    TopologyWriter writer = new TopologyWriter();
    roots.forEach(root -> root.models().forEach(writer::collect));
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    ArrayNode places = node.putArray("roots");
    roots.forEach(root -> places.add(writer.write(root)));
    node.set("drawing", writer.entries);
    return node;
  }

  private void collect(Model model) {
    for (Node node : model.graph().nodes()) {
      String name = model.graph().naming().nameOf(node.callee());
      names.add(name);
      if (node.callee() instanceof Layer layer) {
        place(layer, name);
      }
      drawn.add(node);
    }
  }

  private void place(Layer layer, String name) {
    if (places.putIfAbsent(layer, name) == null) {
      Naming inside = Naming.of(layer.inner());
      layer.inner().forEach(inner -> place(inner, inside.nameOf(inner)));
    }
  }

  /** Something to write, and what has to be written before. */
  private record Open(Object object, Iterator<?> needs) {}

  /** The place of a layer, a model, a call or an input in the list, and of all that it needs. */
  private int write(Object wanted) {
    Deque<Open> open = new ArrayDeque<>();
    open.push(open(wanted));
    while (!open.isEmpty()) {
      Open top = open.peek();
      if (indices.containsKey(top.object())) {
        open.pop();
      } else if (top.needs().hasNext()) {
        open.push(open(top.needs().next()));
      } else {
        put(top.object(), entry(top.object()));
        open.pop();
      }
    }
    return Objects.requireNonNull(indices.get(wanted));
  }

  private Open open(Object object) {
    return new Open(object, needs(object).iterator());
  }

  private List<?> needs(Object object) {
    List<Object> needs = new ArrayList<>();
    if (object instanceof Model model) {
      model.graph().inputs().forEach(tensor -> needs.add(source(tensor)));
      needs.addAll(model.graph().nodes());
    } else if (object instanceof Node node) {
      needs.add(node.callee());
      node.inputs().forEach(tensor -> needs.add(source(tensor)));
    } else if (object instanceof Layer layer) {
      requireSaveable(layer);
      needs.addAll(layer.inner());
    }
    return needs;
  }

  /** What a tensor comes from: a call, or itself where a drawing begins at it. */
  private Object source(SymbolicTensor tensor) {
    return drawn.contains(tensor.producer()) ? tensor.producer() : tensor;
  }

  private ObjectNode entry(Object object) {
    if (object instanceof Model model) {
      return model(model);
    } else if (object instanceof Node node) {
      String kind = node.isInference() ? "inference" : "call";
      ObjectNode entry = object().put(kind, indices.get(node.callee()));
      entry.set("on", tensors(node.inputs()));
      return entry;
    } else if (object instanceof Layer layer) {
      return layer((StandardLayer<?>) layer);
    }
    return input((SymbolicTensor) object);
  }

  private void put(Object object, ObjectNode entry) {
    indices.put(object, entries.size());
    entries.add(entry);
  }

  private ObjectNode model(Model model) {
    ObjectNode entry = object().put("model", model.name()).put("trainable", model.isTrainable());
    entry.set("inputs", tensors(model.graph().inputs()));
    entry.set("outputs", tensors(model.graph().outputs()));
    return entry;
  }

  private ArrayNode tensors(List<SymbolicTensor> tensors) {
    ArrayNode pairs = JsonNodeFactory.instance.arrayNode();
    for (SymbolicTensor tensor : tensors) {
      Object source = source(tensor);
      pairs.addArray().add(indices.get(source)).add(source instanceof Node ? tensor.index() : 0);
    }
    return pairs;
  }

  /** An input, or what stands for a tensor of a drawing that is not saved. */
  private ObjectNode input(SymbolicTensor tensor) {
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
    return entry;
  }

  /** The name of an input, or of what stands for one, which no layer may have as well. */
  private String inputName(SymbolicTensor tensor) {
    String name = tensor.producer().callee().name();
    while (!(tensor instanceof Input) && names.contains(name)) {
      name += "_in";
    }
    names.add(name); // the next one is called something else
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

  private static void requireSaveable(Layer layer) {
    if (!(layer instanceof StandardLayer<?>)) {
      throw unsaveable(layer, "is code, for which files have no form", "");
    }
    if (!LayerTypes.names().contains(layer.typeName())) {
      throw unsaveable(
          layer,
          "is of a type that is not registered",
          ", or register it with LayerTypes.register");
    }
  }

  private ObjectNode layer(StandardLayer<?> layer) {
    ObjectNode entry = object().put("layer", layer.typeName()).put("name", places.get(layer));
    if (!layer.isNamed()) {
      entry.put("named", false);
    }
    entry.put("trainable", layer.isTrainable());
    SettingsWriter settings = new SettingsWriter(ConfigTypes::name, spec -> inner(layer, spec));
    ObjectNode config = entry.putObject("config");
    layer
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
    return entry;
  }

  private int inner(Layer layer, LayerSpec spec) {
    return layer.inner().stream()
        .filter(inner -> LayerSpec.of(inner).equals(spec))
        .map(indices::get)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the layer " + spec + ", which is not among those it wraps"));
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
