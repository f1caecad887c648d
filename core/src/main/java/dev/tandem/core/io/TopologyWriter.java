package dev.tandem.core.io;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.core.graph.Node;
import dev.tandem.core.graph.Operation;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.LayerSpec;
import dev.tandem.core.layer.LayerTypes;
import dev.tandem.core.layer.SettingTypes;
import dev.tandem.core.layer.StandardLayer;
import dev.tandem.core.model.CallSite;
import dev.tandem.core.model.Model;
import dev.tandem.core.model.ModelWalk;
import dev.tandem.core.tensor.TensorSpec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The topology of models as a list of entries that refer to earlier ones by their index: inputs,
 * layers, calls of layers and models, and models. Each object has one entry, so whatever is shared
 * is shared again when the list is read. Tensors are pairs of an entry and an output of it.
 *
 * <p>Where a model begins inside another graph, which is not saved with it, an input stands in
 * place of the tensor it begins at.
 */
final class TopologyWriter {

  private final ArrayNode entries = JsonNodeFactory.instance.arrayNode();
  private final Map<Object, Integer> indices = new IdentityHashMap<>();
  private final Map<Operation, Item> operations = new HashMap<>();
  private final Set<Node> nodes = new HashSet<>();
  private final Set<String> names = new HashSet<>();

  /** Names for layers without one: those where they come first. */
  private final Map<Layer, String> places = new IdentityHashMap<>();

  private TopologyWriter() {}

  /**
   * The list, as {@code drawing}, and as {@code roots} which of its entries the models are.
   *
   * @throws IllegalArgumentException if a layer cannot be described in a file
   */
  static ObjectNode write(List<Model> roots) {
    TopologyWriter writer = new TopologyWriter();
    roots.forEach(root -> ModelWalk.visit(root, writer.new Collector()));
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    ArrayNode places = node.putArray("roots");
    roots.forEach(root -> places.add(writer.write(root)));
    node.set("drawing", writer.entries);
    return node;
  }

  /** All that there is to write in some models. */
  private final class Collector implements ModelWalk.Visitor {

    @Override
    public boolean enter(Model model, CallSite site) {
      operations.put(model, new Item(model, () -> needs(model), () -> model(model)));
      for (Node node : model.graph().nodes()) {
        nodes.add(node);
        names.add(model.graph().naming().nameOf(node.operation()));
      }
      return site.isFirst();
    }

    @Override
    public boolean enter(Layer layer, CallSite site) {
      operations.put(layer, new Item(layer, () -> needs(layer), () -> layer(layer)));
      places.putIfAbsent(layer, site.name());
      return site.isFirst();
    }
  }

  /** An entry of the list, and those that it refers to. */
  private record Item(Object object, Supplier<List<Item>> needs, Supplier<ObjectNode> entry) {}

  /** An entry on the way, with what has to be written before. */
  private record Open(Item item, Iterator<Item> needs) {}

  /** The place of a model in the list, behind all that it needs. */
  private int write(Model wanted) {
    Deque<Open> open = new ArrayDeque<>();
    open(Objects.requireNonNull(operations.get(wanted)), open);
    while (!open.isEmpty()) {
      Open top = open.peek();
      if (top.needs().hasNext()) {
        open(top.needs().next(), open);
      } else {
        open.pop();
        put(top.item());
      }
    }
    return Objects.requireNonNull(indices.get(wanted));
  }

  private void open(Item item, Deque<Open> open) {
    if (!indices.containsKey(item.object())) {
      open.push(new Open(item, item.needs().get().iterator()));
    }
  }

  private void put(Item item) {
    ObjectNode entry = item.entry().get();
    indices.put(item.object(), entries.size());
    entries.add(entry);
  }

  private List<Item> needs(Model model) {
    List<Item> needs = new ArrayList<>();
    model.graph().inputs().forEach(tensor -> needs.add(source(tensor)));
    model.graph().nodes().forEach(node -> needs.add(item(node)));
    return needs;
  }

  private List<Item> needs(Node node) {
    List<Item> needs = new ArrayList<>();
    needs.add(operations.get(node.operation()));
    node.inputs().forEach(tensor -> needs.add(source(tensor)));
    return needs;
  }

  private List<Item> needs(Layer layer) {
    requireSaveable(layer);
    return layer.inner().stream().map(operations::get).toList();
  }

  private Item item(Node node) {
    return new Item(node, () -> needs(node), () -> call(node));
  }

  /** The call that a tensor comes from, or the tensor itself where a graph begins at it. */
  private Item source(SymbolicTensor tensor) {
    Node producer = tensor.producer();
    return producer != null && nodes.contains(producer)
        ? item(producer)
        : new Item(tensor, List::of, () -> input(tensor));
  }

  private ObjectNode call(Node node) {
    String kind = node.isInference() ? "inference" : "call";
    ObjectNode entry = object().put(kind, indices.get(node.operation()));
    entry.set("on", tensors(node.inputs()));
    return entry;
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
      boolean call = nodes.contains(tensor.producer());
      int index = Objects.requireNonNull(indices.get(call ? tensor.producer() : tensor));
      pairs.addArray().add(index).add(call ? tensor.index() : 0);
    }
    return pairs;
  }

  /** An input, or what stands for a tensor of a graph that is not saved. */
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
    String name = tensor.source().name();
    while (tensor.producer() != null && names.contains(name)) {
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

  private ObjectNode layer(Layer layer) {
    ObjectNode entry = object().put("layer", layer.typeName()).put("name", places.get(layer));
    if (!layer.isNamed()) {
      entry.put("named", false);
    }
    entry.put("trainable", layer.isTrainable());
    SettingsWriter settings = new SettingsWriter(SettingTypes::name, spec -> inner(layer, spec));
    ObjectNode config = entry.putObject("config");
    ((StandardLayer<?>) layer)
        .settings()
        .values()
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
