package dev.tandem.core.io;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.core.data.DataFileException;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Variable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

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
      Map<String, ArrayEntry> file = ModelEntries.find(save, model);
      Loading loading = new Loading(save);
      loading.add(model, file);
      loading.run(nextStep(model, file));
    }
  }

  private static String nextStep(Model model, Map<String, ArrayEntry> file) {
    Map<String, Variable> here = ModelEntries.weights(model);
    if (ByOrder.of(here, file).fits()) {
      return "shapes and types are the same in order: if only names differ, load them with"
          + " Weights.loadByOrder";
    }
    return Matching.of(here, file).fitting().isEmpty()
        ? "no weight fits by its name; load them into the model they were saved from"
        : "load them into the model they were saved from, or take what fits with"
            + " Weights.loadMatching";
  }

  /**
   * Loads the weights of a model, all of them, the first into the first and so on in the order of
   * {@code weightsByPath()}, whatever their names: for a model whose layers are called something
   * else than when it was saved. Number, shapes and types have to be the same.
   *
   * @throws DataFileException if they are not, there is no such save, or it is damaged; no weight
   *     is changed then
   */
  public static void loadByOrder(Model model, Path directory) {
    try (Save save = Save.open(directory)) {
      ByOrder pairs = ByOrder.of(ModelEntries.weights(model), ModelEntries.find(save, model));
      Loading loading = new Loading(save);
      pairs.problems().forEach(loading::complain);
      pairs.fitting().forEach(loading::add);
      loading.run("load them into a model built like the saved one");
    }
  }

  /**
   * Loads those weights whose path, shape and type are the same, and leaves the others.
   *
   * @return what was not loaded
   * @throws DataFileException if nothing fits, there is no save, or it is damaged; no weight is
   *     changed then
   */
  public static Differences loadMatching(Model model, Path directory) {
    try (Save save = Save.open(directory)) {
      Map<String, ArrayEntry> file = ModelEntries.find(save, model);
      Matching matching = Matching.of(ModelEntries.weights(model), file);
      if (matching.fitting().isEmpty() && !matching.differences().isEmpty()) {
        throw new DataFileException(
            directory.toString(),
            "holds no weight whose path, shape and type are those of "
                + model
                + ": "
                + matching.differences()
                + "; nothing was loaded; "
                + nextStep(model, file));
      }
      save.read(matching.fitting());
      return matching.differences();
    }
  }
}
