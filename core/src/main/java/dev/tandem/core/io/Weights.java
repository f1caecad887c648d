package dev.tandem.core.io;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.core.data.DataFileException;
import dev.tandem.core.model.Model;
import java.nio.file.Path;
import java.util.List;

/**
 * The weights of a model in a directory: for models that are built by code. Which weight is which
 * is told by its path, as in {@code generator/conv1/kernel}; flags do not matter and are not
 * changed.
 */
public final class Weights {

  private Weights() {}

  /**
   * Saves the weights of a model, in place of an earlier save.
   *
   * @param directory new, empty, or one that was saved to before
   * @throws DataFileException if it holds other things, or cannot be written; the earlier save is
   *     untouched then
   */
  public static void save(Model model, Path directory) {
    save(model, directory, Disk.LOCAL);
  }

  static void save(Model model, Path directory, Disk disk) {
    ObjectNode content = JsonNodeFactory.instance.objectNode().put("kind", "weights");
    ArrayTable arrays = new ArrayTable();
    content.set("models", ModelEntries.toJson(List.of(model), arrays));
    SaveWriter.write(directory, content, arrays, disk);
  }

  /**
   * Loads the weights of a model, all of them. Any save will do that holds a model of this name, or
   * one model alone.
   *
   * @throws DataFileException if there is no such save, it is damaged, or paths, shapes or types
   *     differ; no weight is changed then
   */
  public static void load(Model model, Path directory) {
    try (Save save = Save.open(directory)) {
      Loading loading = new Loading(save);
      loading.add(model, ModelEntries.find(save, model));
      loading.run(
          "load them into the model they were saved from, or take what fits with"
              + " Weights.loadMatching");
    }
  }

  /**
   * Loads those weights whose path, shape and type are the same, and leaves the others.
   *
   * @return what was not loaded
   * @throws DataFileException if there is no save or it is damaged; no weight is changed then
   */
  public static Differences loadMatching(Model model, Path directory) {
    try (Save save = Save.open(directory)) {
      Matching matching = Matching.of(ModelEntries.weights(model), ModelEntries.find(save, model));
      save.read(matching.fitting());
      return matching.differences();
    }
  }
}
