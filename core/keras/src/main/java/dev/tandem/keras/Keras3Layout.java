package dev.tandem.keras;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The layout of Keras 3: {@code layers/dense_1/vars/0} for the first variable of the second Dense
 * of a model, {@code layers/functional/layers/dense/vars/0} in the first model nested in it. A
 * layer that is met again is not stored again, but counts. Newer files hold a layer's name as an
 * attribute of its {@code vars}. tf.keras 2.12 says {@code _layer_checkpoint_dependencies} for
 * {@code layers}.
 */
final class Keras3Layout implements Layout {

  private static final String LAYERS = "layers";
  private static final String OLD_LAYERS = "_layer_checkpoint_dependencies";

  private final Hdf5.Entry root;
  private final String layers;

  Keras3Layout(Hdf5.Entry root) {
    this.root = root;
    this.layers =
        root.group(LAYERS).isEmpty() && root.group(OLD_LAYERS).isPresent() ? OLD_LAYERS : LAYERS;
  }

  @Override
  public void byOrder(WeightNode model, Assignment assignment) {
    byOrder(model, "", assignment, Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  private void byOrder(WeightNode model, String path, Assignment assignment, Set<Object> visited) {
    Map<String, Integer> numbers = new HashMap<>();
    for (WeightNode child : model.children()) {
      String type = group(child, path, numbers);
      int number = numbers.merge(type, 1, Integer::sum) - 1;
      String inner = path + layers + "/" + numbered(type, number);
      if (!visited.add(child.identity())) {
        continue;
      }
      pair(child, inner, assignment);
      if (child.isModel()) {
        byOrder(child, inner + "/", assignment, visited);
      }
    }
  }

  /** Of the classes that it may be of, the first of which there is one more. */
  private String group(WeightNode child, String path, Map<String, Integer> numbers) {
    return child.classes().stream()
        .filter(
            type ->
                root.group(path + layers + "/" + numbered(type, numbers.getOrDefault(type, 0)))
                    .isPresent())
        .findFirst()
        .orElse(child.classes().get(0));
  }

  private static String numbered(String type, int number) {
    return number == 0 ? type : type + "_" + number;
  }

  private void pair(WeightNode layer, String group, Assignment assignment) {
    for (Slot slot : layer.slots()) {
      root.array(group + "/" + slot.path())
          .or(() -> root.array(group + "/" + slot.pathWithoutWrapper()))
          .ifPresentOrElse(
              array -> assignment.pair(slot.weight(), array),
              () ->
                  assignment.complain(
                      assignment.path(slot.weight())
                          + " would be \""
                          + group
                          + "/"
                          + slot.path()
                          + "\", which is not in the file"));
    }
  }

  @Override
  public void byName(WeightNode model, Assignment assignment) {
    byName(model, root, assignment);
  }

  private void byName(WeightNode model, Hdf5.Entry group, Assignment assignment) {
    Map<String, Hdf5.Entry> named = new HashMap<>();
    for (Hdf5.Entry layer : group.group(layers).map(Hdf5.Entry::groups).orElse(List.of())) {
      named.put(name(layer), layer);
    }
    for (WeightNode child : model.children()) {
      Hdf5.Entry found = named.get(child.name());
      if (found == null) {
        continue;
      }
      for (Slot slot : child.slots()) {
        found
            .array(slot.path())
            .or(() -> found.array(slot.pathWithoutWrapper()))
            .ifPresent(array -> assignment.pair(slot.weight(), array));
      }
      if (child.isModel()) {
        byName(child, found, assignment);
      }
    }
  }

  /** The name of a layer, or that of its group where files hold no names. */
  private static String name(Hdf5.Entry layer) {
    Optional<String> name = layer.group("vars").flatMap(vars -> vars.text("name"));
    return name.orElse(layer.name());
  }

  @Override
  public List<StoredArray> unclaimed(Assignment assignment) {
    List<StoredArray> rest = new ArrayList<>();
    for (String name : List.of(layers, "vars")) {
      for (StoredArray array : root.group(name).map(Hdf5.Entry::arrays).orElse(List.of())) {
        if (!assignment.isUsed(array) && !array.path().contains("/seed_generator/")) {
          rest.add(array);
        }
      }
    }
    return rest;
  }
}
