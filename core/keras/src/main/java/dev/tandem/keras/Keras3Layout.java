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
 * attribute of its {@code vars}.
 *
 * <p>tf.keras 2.12 and 2.13 say {@code _layer_checkpoint_dependencies} for {@code layers}, a list
 * in which layers with weights stand twice, so that they count twice.
 */
final class Keras3Layout implements Layout {

  private static final String LAYERS = "layers";
  private static final String OLD_LAYERS = "_layer_checkpoint_dependencies";

  private final GroupIndex index;
  private final String layers;

  Keras3Layout(Hdf5.Entry root) {
    this.index = new GroupIndex(root);
    this.layers = !index.has(LAYERS) && index.has(OLD_LAYERS) ? OLD_LAYERS : LAYERS;
  }

  /** Whether a file has this layout. */
  static boolean isOne(Hdf5.Entry root) {
    return root.groups().stream()
        .map(Hdf5.Entry::name)
        .anyMatch(
            name -> name.startsWith(LAYERS) || name.startsWith(OLD_LAYERS) || name.equals("vars"));
  }

  @Override
  public void byOrder(WeightNode model, Assignment assignment) {
    byOrder(model, "", assignment, Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  private void byOrder(WeightNode model, String path, Assignment assignment, Set<Object> visited) {
    Map<String, Integer> numbers = new HashMap<>();
    for (WeightNode child : model.children()) {
      String type = group(child, path, numbers);
      int times = layers.equals(OLD_LAYERS) && !child.allSlots().isEmpty() ? 2 : 1;
      int number = numbers.merge(type, times, Integer::sum) - times;
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
            type -> index.has(path + layers + "/" + numbered(type, numbers.getOrDefault(type, 0))))
        .findFirst()
        .orElse(child.classes().get(0));
  }

  private static String numbered(String type, int number) {
    return number == 0 ? type : type + "_" + number;
  }

  private Optional<StoredArray> find(Slot slot, String group) {
    return index
        .array(group + "/" + slot.path())
        .or(() -> index.array(group + "/" + slot.pathWithoutWrapper()));
  }

  private void pair(WeightNode layer, String group, Assignment assignment) {
    for (Slot slot : layer.slots()) {
      find(slot, group)
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
    byName(model, "", assignment);
  }

  private void byName(WeightNode model, String path, Assignment assignment) {
    Map<String, String> named = new HashMap<>();
    for (String layer : index.inside(path + layers)) {
      String group = path + layers + "/" + layer;
      named.put(index.nameOf(group), group);
    }
    for (WeightNode child : model.children()) {
      String found = named.get(child.name());
      if (found == null) {
        continue;
      }
      for (Slot slot : child.slots()) {
        find(slot, found).ifPresent(array -> assignment.pair(slot.weight(), array));
      }
      if (child.isModel()) {
        byName(child, found + "/", assignment);
      }
    }
  }

  /** Whether it is the kernel of a wrapped layer, which the wrapper stores too. */
  private boolean isOfWrapped(StoredArray array) {
    String path = array.path();
    return path.endsWith("/vars/0")
        && index
            .array(path.substring(0, path.length() - "vars/0".length()) + "layer/vars/0")
            .filter(kernel -> kernel.shape().equals(array.shape()))
            .isPresent();
  }

  @Override
  public List<StoredArray> unclaimed(Assignment assignment) {
    List<StoredArray> rest = new ArrayList<>();
    for (String name : List.of(layers, "vars")) {
      for (StoredArray array : index.below(name)) {
        if (!assignment.isUsed(array)
            && !array.path().contains("/seed_generator/")
            && !array.isCount()
            && !isOfWrapped(array)) {
          rest.add(array);
        }
      }
    }
    return rest;
  }
}
