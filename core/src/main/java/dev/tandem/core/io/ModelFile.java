package dev.tandem.core.io;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import dev.tandem.core.data.DataFileException;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Variable;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whole models in a directory: layers with their settings, calls, nested models, weights and flags.
 * What was shared is shared again. Layers that are code ({@link dev.tandem.core.layer.Lambda} and
 * the like) have no form in files; {@link Weights} holds the weights of such models.
 */
public final class ModelFile {

  private ModelFile() {}

  /**
   * Saves a model, in place of an earlier save.
   *
   * @param directory new, empty, or one that was saved to before
   * @throws IllegalArgumentException if a layer cannot be described in a file; nothing is written
   * @throws DataFileException if the directory holds other things, or cannot be written; the
   *     earlier save is untouched then
   */
  public static void save(Model model, Path directory) {
    saveAll(List.of(model), directory);
  }

  /**
   * Refuses a directory that a save would not be written to, so that it is known before a training
   * and not after.
   *
   * @throws DataFileException if it is a file, or holds other things
   */
  public static void requirePlace(Path directory) {
    Target.requireReplaceable(directory);
  }

  /**
   * Saves models that may share layers and call each other: each layer and weight once.
   *
   * @param models with names of their own
   */
  public static void saveAll(List<Model> models, Path directory) {
    save(models, directory, Disk.LOCAL);
  }

  static void save(List<Model> models, Path directory, Disk disk) {
    requireNames(models);
    ObjectNode content = JsonNodeFactory.instance.objectNode().put("kind", "model");
    ArrayTable arrays = new ArrayTable();
    content.set("models", ModelEntries.toJson(models, arrays));
    content.setAll(TopologyWriter.write(models));
    rehearse(models, content);
    SaveWriter.write(directory, content, arrays, disk);
  }

  private static void requireNames(List<Model> models) {
    Set<String> names = new HashSet<>();
    for (Model model : models) {
      if (!names.add(model.name())) {
        throw new IllegalArgumentException(
            "two models to save are named \""
                + model.name()
                + "\"; give each a name of its own with model.renamed(\"...\")");
      }
    }
    if (models.isEmpty()) {
      throw new IllegalArgumentException("there is no model to save");
    }
  }

  /** Builds what is going to be written, so that nothing is written that cannot be read. */
  private static void rehearse(List<Model> models, ObjectNode content) {
    List<Model> built;
    try {
      built = TopologyReader.read(Fields.of("the file", content));
    } catch (DataFileException e) {
      throw new IllegalArgumentException(
          models + " cannot be saved, since loading would fail: " + e.getMessage(), e);
    }
    ObjectNode again = TopologyWriter.write(built);
    again.set("models", ModelEntries.toJson(built, new ArrayTable()));
    for (String part : List.of("drawing", "models")) {
      for (int i = 0; i < content.get(part).size(); i++) {
        JsonNode written = content.get(part).get(i);
        JsonNode read = again.get(part).path(i);
        if (!read.equals(written)) {
          throw new IllegalArgumentException(
              models
                  + " cannot be saved, since loading would make "
                  + read
                  + " of "
                  + written
                  + "; is a layer registered with LayerTypes under the name of another?");
        }
      }
    }
  }

  /**
   * Loads the only model of a directory.
   *
   * @throws DataFileException if there is none or several, the save is damaged, or one of its
   *     layers is not known here
   */
  public static Model load(Path directory) {
    return load(directory, "");
  }

  /**
   * Loads the only model of a directory under other names: {@code load(directory, "left_")} calls
   * the model {@code left_m} that was saved as {@code m}, and its layer {@code conv} {@code
   * left_conv}. So one file can be loaded several times for one net.
   *
   * @param prefix of the names of models and layers that have one; inputs keep theirs
   * @throws DataFileException if there is none or several, the save is damaged, or one of its
   *     layers is not known here
   */
  public static Model load(Path directory, String prefix) {
    ImmutableMap<String, Model> models = loadAll(directory, prefix);
    if (models.size() > 1) {
      throw new DataFileException(
          directory.toString(),
          "holds "
              + models.size()
              + " models, "
              + Texts.shortened(models.keySet())
              + "; load them with ModelFile.loadAll");
    }
    return models.values().iterator().next();
  }

  /** Loads all models of a directory, by name, in the order in which they were given. */
  public static ImmutableMap<String, Model> loadAll(Path directory) {
    return loadAll(directory, "");
  }

  /**
   * Loads all models of a directory under other names, as {@link #load(Path, String)} does.
   *
   * @return them by their names with the prefix, in the order in which they were given
   */
  public static ImmutableMap<String, Model> loadAll(Path directory, String prefix) {
    try (Save save = Save.open(directory)) {
      Fields content = save.manifest().content();
      if (!content.has("drawing")) {
        throw new DataFileException(
            directory.toString(),
            "holds a save of kind \""
                + content.text("kind")
                + "\", without what the model is made of;"
                + " build the model and load its weights with Weights.load");
      }
      List<Model> saved = TopologyReader.read(content);
      List<Model> models = prefix.isEmpty() ? saved : TopologyReader.read(content, prefix);
      Loading loading = new Loading(save);
      for (int i = 0; i < saved.size(); i++) {
        // weights of the two are alike in order; those of the first have the names in the file
        Iterator<Variable> renamed = ModelEntries.weights(models.get(i)).values().iterator();
        Map<String, Variable> wanted = new LinkedHashMap<>();
        ModelEntries.weights(saved.get(i)).forEach((path, w) -> wanted.put(path, renamed.next()));
        loading.add(
            "weights differ from those of " + models.get(i),
            wanted,
            ModelEntries.find(save, saved.get(i)));
      }
      loading.run("take another copy");
      return Maps.uniqueIndex(models, Model::name);
    }
  }
}
