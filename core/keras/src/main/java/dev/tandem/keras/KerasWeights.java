package dev.tandem.keras;

import dev.tandem.core.data.DataFileException;
import dev.tandem.core.model.Model;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Weights that Keras saved, for models that are written in Java: from {@code .weights.h5}, or from
 * a whole model in {@code .keras} or {@code .h5}. Kernels, biases, gates and statistics lie in the
 * same order in both, so nothing is turned around. Flags do not matter and are not changed.
 *
 * <p>Where something does not fit, all of it is named, and no weight is changed.
 */
public final class KerasWeights {

  private KerasWeights() {}

  /**
   * Loads all weights of a model by the names of its layers and nested models, which have to be
   * those in Keras. Files of Keras 3 before 3.5 or so hold no names; there a layer goes by class
   * and number, as in {@code dense_1}, which is what Tandem calls layers without a name.
   *
   * @return what went where
   * @throws DataFileException if layers, numbers, shapes or types differ, or the file is damaged or
   *     of another kind; nothing was changed then
   */
  public static KerasReport load(Path file, Model model) {
    return load(file, model, true);
  }

  /**
   * Loads all weights of a model whose layers have other names, by order: in files of Keras 3 the
   * first Dense into the first Dense, the second into the second and so on, which is how Keras
   * itself loads them; in files of Keras 2 the first layer with weights into the first. Meant for
   * models that are built like the saved one, call by call.
   *
   * @return what went where
   * @throws DataFileException as {@link #load} says
   */
  public static KerasReport loadByOrder(Path file, Model model) {
    return load(file, model, false);
  }

  private static KerasReport load(Path file, Model model, boolean byName) {
    try (SavedFile saved = SavedFile.open(file)) {
      WeightNode root = WeightNode.of(model);
      Assignment assignment = new Assignment(model.weightsByPath());
      Layout layout = Layout.of(saved);
      if (byName) {
        layout.byName(root, assignment);
      } else {
        layout.byOrder(root, assignment);
      }
      assignment.requireAll(
          saved.file(),
          layout.unclaimed(assignment),
          byName
              ? "Give the layers the names that they have in the file, load them by order with"
                  + " KerasWeights.loadByOrder, or take what fits with KerasWeights.loadMatching"
              : "Build the model like the saved one, layer by layer, or name its layers as there"
                  + " and use KerasWeights.load");
      return Reports.ofWeights(saved, root, assignment, assignment.run());
    }
  }

  /**
   * Loads the weights of those layers whose names are in the file, and leaves the others: for a
   * trunk under another head.
   *
   * @return what went where; its notes name the weights that were left as they are, and the arrays
   *     that were not taken
   * @throws DataFileException if a layer of that name has other shapes or nothing fits, or the file
   *     is damaged or of another kind; nothing was changed then
   */
  public static KerasReport loadMatching(Path file, Model model) {
    try (SavedFile saved = SavedFile.open(file)) {
      WeightNode root = WeightNode.of(model);
      Assignment assignment = new Assignment(model.weightsByPath());
      Layout layout = Layout.of(saved);
      layout.byName(root, assignment);
      List<StoredArray> unclaimed = layout.unclaimed(assignment);
      if (assignment.size() == 0) {
        assignment.complain(
            "no layer of "
                + model
                + " has a name that is in the file, which has "
                + unclaimed.stream().limit(10).map(StoredArray::path).toList());
      }
      assignment.requireFits(saved.file(), "Give other names to layers that are not to be loaded");
      List<String> notes = new ArrayList<>();
      if (!assignment.missing().isEmpty()) {
        notes.add("left as they are: " + String.join(", ", assignment.missing()));
      }
      if (!unclaimed.isEmpty()) {
        notes.add(
            "not taken from the file: "
                + String.join(", ", unclaimed.stream().map(StoredArray::path).toList()));
      }
      notes.addAll(assignment.run());
      return Reports.ofWeights(saved, root, assignment, notes);
    }
  }
}
