package dev.tandem.core.io;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.HashMultiset;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Iterables;
import com.google.common.collect.Maps;
import com.google.common.collect.Multiset;
import dev.tandem.core.data.DataFileException;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Variable;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The weights of models in a manifest: for each model, which array stands at which path. Models
 * that are nested in the saved ones have entries too, so that a part can be loaded by itself; of
 * several of one name only a saved one has one.
 */
final class ModelEntries {

  /** The memory of other parts of a step than the first. */
  private static final String PARTS = "parts";

  private ModelEntries() {}

  /** The weights of a model by the path that tells them apart. */
  static ImmutableMap<String, Variable> weights(Model model) {
    return ImmutableMap.copyOf(Maps.transformValues(model.weightsByPath(), Weight::variable));
  }

  /**
   * Describes models, and adds their weights to the arrays.
   *
   * @param roots models with names of their own
   */
  static ArrayNode toJson(List<Model> roots, ArrayTable arrays) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (Model root : roots) {
      String prefix = roots.size() == 1 ? "" : root.name() + "/";
      add(list, root, true, prefix, arrays);
    }
    Set<Model> nested = nested(roots);
    Multiset<String> names = HashMultiset.create();
    Iterables.concat(roots, nested).forEach(model -> names.add(model.name()));
    for (Model model : nested) {
      if (names.count(model.name()) == 1) {
        add(list, model, false, "", arrays);
      }
    }
    return list;
  }

  private static void add(
      ArrayNode list, Model model, boolean root, String prefix, ArrayTable arrays) {
    ObjectNode entry = list.addObject().put("name", model.name()).put("root", root);
    ObjectNode paths = entry.putObject("weights");
    weights(model).forEach((path, weight) -> paths.put(path, arrays.add(prefix + path, weight)));
    int parts = model.weights().stream().mapToInt(Weight::parts).max().orElse(1);
    if (parts > 1) {
      ArrayNode others = entry.putArray(PARTS);
      for (int part = 1; part < parts; part++) {
        ObjectNode memory = others.addObject();
        memory(model, part)
            .forEach((path, one) -> memory.put(path, arrays.add(prefix + path, one)));
      }
    }
  }

  /** The memory of another part of a step than the first, by path, as in {@code pool/samples#1}. */
  static ImmutableMap<String, Variable> memory(Model model, int part) {
    ImmutableMap.Builder<String, Variable> all = ImmutableMap.builder();
    model
        .weightsByPath()
        .forEach(
            (path, weight) -> {
              if (weight.kind() == Weight.Kind.MEMORY) {
                all.put(path + "#" + part, weight.part(part));
              }
            });
    return all.buildOrThrow();
  }

  private static Set<Model> nested(List<Model> roots) {
    Set<Model> nested = new LinkedHashSet<>();
    roots.forEach(root -> nested.addAll(root.models()));
    roots.forEach(nested::remove);
    return nested;
  }

  /**
   * The arrays of a model by path: of the entry of its name, or of the only root.
   *
   * @throws DataFileException if it is not clear which entry is meant
   */
  static ImmutableMap<String, ArrayEntry> find(Save save, Model model) {
    List<Fields> entries = save.manifest().content().objects("models");
    List<Fields> roots = entries.stream().filter(entry -> entry.flag("root")).toList();
    Fields entry =
        entries.stream()
            .filter(candidate -> candidate.text("name").equals(model.name()))
            .findFirst()
            .orElseGet(() -> roots.size() == 1 ? roots.get(0) : null);
    if (entry == null) {
      List<String> names = entries.stream().map(candidate -> candidate.text("name")).toList();
      throw new DataFileException(
          save.directory().toString(),
          "holds several models and none is named \""
              + model.name()
              + "\"; there are "
              + Texts.shortened(names)
              + "; nothing was loaded; give the model one of these names");
    }
    return arrays(save, entry.object("weights"));
  }

  /** Prepares the weights of models for reading, and notes where they do not fit. */
  static void restore(Set<Model> models, Save save, Loading loading) {
    Map<String, Fields> roots = new LinkedHashMap<>();
    for (Fields entry : save.manifest().content().objects("models")) {
      if (entry.flag("root")) {
        roots.put(entry.text("name"), entry);
      }
    }
    for (Model model : models) {
      Fields entry = roots.remove(model.name());
      if (entry == null) {
        loading.complain(model + " is not in the file");
      } else {
        loading.add(model, arrays(save, entry.object("weights")));
        List<Fields> parts = entry.has(PARTS) ? entry.objects(PARTS) : List.of();
        for (int i = 0; i < parts.size(); i++) {
          Map<String, Variable> here = memory(model, i + 1);
          loading.add(
              "memory of part " + (i + 1) + " of a step differs from that of " + model,
              here,
              NumberedPaths.renumbered(model, here.keySet(), arrays(save, parts.get(i))));
        }
      }
    }
    roots.keySet().forEach(name -> loading.complain("Model \"" + name + "\" is in the file alone"));
  }

  /** Arrays by the keys of an object whose values are their indices. */
  static ImmutableMap<String, ArrayEntry> arrays(Save save, Fields indices) {
    ImmutableMap.Builder<String, ArrayEntry> arrays = ImmutableMap.builder();
    List<ArrayEntry> all = save.manifest().arrays();
    for (Map.Entry<String, JsonNode> entry : indices.entries().entrySet()) {
      arrays.put(entry.getKey(), all.get(indices.index(entry.getKey(), all.size())));
    }
    return arrays.buildOrThrow();
  }
}
