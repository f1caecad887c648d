package dev.tandem.keras;

import dev.tandem.core.data.DataFileException;
import dev.tandem.core.layer.Weight;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The layout of Keras 2, which Keras 3 writes to {@code .h5} too: a group for each layer of the
 * outermost model, listed in the attribute {@code layer_names}, with the names of its arrays in
 * {@code weight_names}. A nested model is one such group, without further groups for its layers.
 */
final class LegacyLayout implements Layout {

  private final Map<String, List<StoredArray>> layers = new LinkedHashMap<>();

  LegacyLayout(SavedFile file) {
    Hdf5.Entry root = file.hdf5().root();
    Hdf5.Entry group = root.group("model_weights").orElse(root);
    String version = group.text("keras_version").or(() -> root.text("keras_version")).orElse("2");
    if (version.startsWith("1.") || version.startsWith("0.")) {
      throw new DataFileException(
          file.file(),
          "is of Keras "
              + version
              + ", which laid kernels out another way; load and save it in Keras 2");
    }
    for (String layer : group.texts("layer_names").orElse(List.of())) {
      layers.put(layer, arrays(file.file(), group, layer));
    }
  }

  private static List<StoredArray> arrays(String file, Hdf5.Entry group, String layer) {
    Hdf5.Entry inside =
        group
            .group(layer)
            .orElseThrow(
                () ->
                    new DataFileException(
                        file,
                        "lists a layer \"" + layer + "\" and has no group of it; save it again"));
    List<StoredArray> arrays = new ArrayList<>();
    for (String name : inside.texts("weight_names").orElse(List.of())) {
      StoredArray array =
          inside
              .array(name)
              .orElseThrow(
                  () ->
                      new DataFileException(
                          file,
                          "lists an array \""
                              + name
                              + "\" of layer \""
                              + layer
                              + "\" and does not hold it; save it again"));
      if (!array.isCount()) {
        arrays.add(array);
      }
    }
    return arrays;
  }

  @Override
  public void byOrder(WeightNode model, Assignment assignment) {
    List<WeightNode> here =
        model.children().stream().filter(child -> !child.allSlots().isEmpty()).toList();
    List<Map.Entry<String, List<StoredArray>>> there =
        layers.entrySet().stream().filter(entry -> !entry.getValue().isEmpty()).toList();
    if (here.size() != there.size()) {
      assignment.complain(
          "there are "
              + there.size()
              + " layers with weights in the file, "
              + there.stream().map(Map.Entry::getKey).toList()
              + ", and "
              + here.size()
              + " here, "
              + here.stream().map(WeightNode::name).toList());
      return;
    }
    for (int i = 0; i < here.size(); i++) {
      pair(here.get(i), there.get(i).getKey(), there.get(i).getValue(), assignment);
    }
  }

  @Override
  public void byName(WeightNode model, Assignment assignment) {
    for (WeightNode child : model.children()) {
      List<StoredArray> arrays = layers.getOrDefault(child.name(), List.of());
      if (!child.allSlots().isEmpty() && !arrays.isEmpty()) {
        pair(child, child.name(), arrays, assignment);
      }
    }
  }

  private static void pair(
      WeightNode node, String name, List<StoredArray> arrays, Assignment assignment) {
    List<Slot> slots = LegacyOrder.of(node);
    if (slots.size() != arrays.size()) {
      assignment.complain(
          "layer \""
              + name
              + "\" has "
              + arrays.size()
              + " arrays in the file and "
              + node.path()
              + " has "
              + slots.size()
              + " weights here");
      return;
    }
    Map<Weight, StoredArray> pairs =
        LegacyNames.match(node, arrays)
            .orElseGet(
                () -> {
                  Map<Weight, StoredArray> ordered = new LinkedHashMap<>();
                  for (int i = 0; i < slots.size(); i++) {
                    ordered.put(slots.get(i).weight(), arrays.get(i));
                  }
                  return ordered;
                });
    pairs.forEach(assignment::pair);
  }

  @Override
  public List<StoredArray> unclaimed(Assignment assignment) {
    return layers.values().stream()
        .flatMap(List::stream)
        .filter(array -> !assignment.isUsed(array))
        .toList();
  }
}
