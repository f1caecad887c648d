package dev.tandem.core.io;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableMap;
import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.Operation;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.LayerCopies;
import dev.tandem.core.layer.LayerSettings;
import dev.tandem.core.layer.LayerSpec;
import dev.tandem.core.model.Model;
import dev.tandem.core.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds models from what {@link TopologyWriter} has written. */
final class TopologyReader {

  /** The result of each entry: a layer, a model, or the outputs of an input or a call. */
  private final List<Object> made = new ArrayList<>();

  private final String prefix;

  private TopologyReader(String prefix) {
    this.prefix = prefix;
  }

  /**
   * The models that were saved, with weights at their first values.
   *
   * @throws dev.tandem.core.data.DataFileException if the graph does not hold together, or needs a
   *     layer that is not known here
   */
  static List<Model> read(Fields content) {
    return read(content, "");
  }

  /**
   * The same with a prefix before the names of layers and models.
   *
   * @param prefix of all names that were given; inputs keep theirs
   */
  static List<Model> read(Fields content, String prefix) {
    TopologyReader reader = new TopologyReader(prefix);
    for (Fields entry : content.objects("drawing")) {
      try {
        reader.made.add(reader.make(entry));
      } catch (IllegalArgumentException | IllegalStateException e) {
        throw entry.rejected(e);
      }
    }
    List<Model> roots = new ArrayList<>();
    for (long root : content.longs("roots")) {
      roots.add(reader.get(content, root, Model.class));
    }
    return roots;
  }

  private Object make(Fields entry) {
    if (entry.has("input")) {
      return List.of(input(entry));
    } else if (entry.has("layer")) {
      return layer(entry);
    } else if (entry.has("call")) {
      return call(entry, "call");
    } else if (entry.has("inference")) {
      return call(entry, "inference");
    }
    Model model =
        Model.of(prefix + entry.text("model"), tensors(entry, "inputs"), tensors(entry, "outputs"));
    model.setTrainable(entry.flag("trainable"));
    return model;
  }

  /** The name of a layer; null if it was given none. */
  private @Nullable String name(Fields entry) {
    boolean named = !entry.has("named") || entry.flag("named");
    return named ? prefix + entry.text("name") : null;
  }

  private static Input input(Fields entry) {
    String label = entry.text("dtype");
    ElementType type =
        ElementType.ofLabel(label)
            .orElseThrow(() -> entry.damaged("dtype is unknown: \"" + label + "\""));
    return Input.of(entry.text("input"), Shape.of(entry.longs("sample")), type.dtype());
  }

  private Layer layer(Fields entry) {
    List<Layer> wrapped = new ArrayList<>();
    SettingsReader settings =
        new SettingsReader(
            index -> {
              wrapped.add(get(entry, index, Layer.class));
              return LayerSpec.of(wrapped.get(0));
            });
    ImmutableMap<String, Object> config = settings.read(entry.object("config").entries());
    Layer layer =
        new LayerSpec(
                entry.text("layer"),
                name(entry),
                entry.flag("trainable"),
                new LayerSettings(config))
            .make();
    if (wrapped.isEmpty() || layer.inner().isEmpty()) {
      return layer;
    }
    // It has made an inner layer of its own; the one in the list may be called elsewhere, too.
    return new LayerCopies().with(layer.inner().get(0), wrapped.get(0)).of(layer);
  }

  /**
   * A call; one as in inference has a key of its own, so that readers who do not know it refuse.
   */
  private List<SymbolicTensor> call(Fields entry, String key) {
    List<SymbolicTensor> on = tensors(entry, "on");
    return key.equals("inference")
        ? get(entry, entry.number(key), Model.class).inference().applyAll(on)
        : get(entry, entry.number(key), Operation.class).applyAll(on);
  }

  private List<SymbolicTensor> tensors(Fields entry, String key) {
    List<SymbolicTensor> tensors = new ArrayList<>();
    for (JsonNode pair : entry.list(key)) {
      List<?> outputs = get(entry, pair.path(0).asLong(-1), List.class);
      int output = pair.path(1).asInt(-1);
      if (output < 0 || output >= outputs.size()) {
        throw entry.damaged("there is no output " + pair);
      }
      tensors.add((SymbolicTensor) outputs.get(output));
    }
    return tensors;
  }

  private <T> T get(Fields entry, long index, Class<T> type) {
    if (index < 0 || index >= made.size() || !type.isInstance(made.get((int) index))) {
      throw entry.damaged("refers to " + index + ", which is no earlier entry of that kind");
    }
    return type.cast(made.get((int) index));
  }
}
