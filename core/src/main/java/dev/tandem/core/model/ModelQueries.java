package dev.tandem.core.model;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.Naming;
import dev.tandem.core.graph.Node;
import dev.tandem.core.graph.Operation;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.Weight;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What a model consists of, and how it is found in there. */
final class ModelQueries {

  private ModelQueries() {}

  /** Inputs, layers and nested models by first appearance, each once. */
  static ImmutableList<Operation> of(Model model) {
    Set<Operation> parts = new LinkedHashSet<>();
    for (SymbolicTensor input : model.graph().inputs()) {
      if (input instanceof Input callee) {
        parts.add(callee);
      }
    }
    model.graph().nodes().forEach(node -> parts.add(node.callee()));
    return ImmutableList.copyOf(parts);
  }

  /** All weights by first appearance, each once, whatever the flags. */
  static ImmutableList<Weight> weights(Model model) {
    Set<Weight> weights = new LinkedHashSet<>();
    layers(model).forEach(layer -> weights.addAll(layer.weights()));
    return ImmutableList.copyOf(weights);
  }

  /** The layers that the model and those in it call, each once. */
  static Set<Layer> layers(Model model) {
    Set<Layer> layers = new LinkedHashSet<>();
    walk(model, new HashSet<>(), layers);
    return layers;
  }

  /** The model and every model that can be reached from it, itself first. */
  static Set<Model> models(Model model) {
    Set<Model> models = new LinkedHashSet<>();
    walk(model, models, new HashSet<>());
    return models;
  }

  private static void walk(Model model, Set<Model> models, Set<Layer> layers) {
    ModelWalk.visit(
        model,
        new ModelWalk.Visitor() {
          @Override
          public boolean enter(Model part) {
            return models.add(part);
          }

          @Override
          public void call(Layer layer, Model in) {
            layers.add(layer);
          }
        });
  }

  /** The name of a part. */
  static String nameOf(Model model, Operation part) {
    if (!model.graph().naming().knows(part)) {
      throw new IllegalArgumentException(
          part.label() + " is no part of " + model + "; it has " + names(model));
    }
    return model.graph().naming().nameOf(part);
  }

  /** The names of all parts. */
  static List<String> names(Model model) {
    return model.layers().stream().map(model.graph().naming()::nameOf).toList();
  }

  /** The part of this name and type. */
  static <T extends Operation> T find(Model model, String name, Class<T> type) {
    List<Operation> parts = model.layers();
    Naming naming = model.graph().naming();
    for (Operation part : parts) {
      if (naming.nameOf(part).equals(name) && type.isInstance(part)) {
        return type.cast(part);
      }
    }
    String hint =
        parts.stream()
            .filter(part -> naming.nameOf(part).equals(name))
            .map(
                part ->
                    "; \""
                        + name
                        + "\" is a"
                        + (part instanceof Input ? "n " : " ")
                        + part.typeName())
            .findFirst()
            .orElseGet(() -> elsewhere(model, name));
    throw new IllegalArgumentException(
        model
            + " has no "
            + type.getSimpleName().toLowerCase(Locale.ROOT)
            + " \""
            + name
            + "\"; it has "
            + names(model)
            + hint);
  }

  private static String elsewhere(Model model, String name) {
    String owners =
        models(model).stream()
            .filter(nested -> nested != model)
            .filter(nested -> names(nested).contains(name))
            .map(Model::toString)
            .collect(Collectors.joining(" and "));
    return owners.isEmpty() ? "" : "; there is one in " + owners + ", reached by model(...)";
  }

  /** The output of the only call of a part. */
  static SymbolicTensor output(Model model, Operation part) {
    List<Node> calls = calls(model, part);
    String what = model.graph().naming().label(part);
    if (calls.isEmpty()) {
      throw new IllegalStateException(
          what
              + " is not called in "
              + model
              + "; it calls "
              + model.graph().nodes().stream()
                  .map(node -> model.graph().naming().nameOf(node.callee()))
                  .distinct()
                  .toList());
    }
    if (calls.size() > 1) {
      throw new IllegalStateException(
          what
              + " is called "
              + calls.size()
              + " times in "
              + model
              + ", "
              + calls.stream().map(call -> place(model, call)).collect(Collectors.joining(" and "))
              + ", and has "
              + outputs(model, part).size()
              + " outputs; take one of outputs(...)");
    }
    if (calls.get(0).outputs().size() > 1) {
      throw new IllegalStateException(
          what
              + " has "
              + calls.get(0).outputs().size()
              + " outputs in "
              + model
              + "; take one of outputs(...)");
    }
    return calls.get(0).outputs().get(0);
  }

  private static String place(Model model, Node call) {
    return call.inputs().stream()
        .map(input -> "\"" + model.graph().naming().nameOf(input.producer().callee()) + "\"")
        .collect(Collectors.joining(", ", "on ", ""));
  }

  /** The outputs of all calls of a part, in their order. */
  static List<SymbolicTensor> outputs(Model model, Operation part) {
    return calls(model, part).stream().flatMap(call -> call.outputs().stream()).toList();
  }

  /** The calls of a part, in their order. */
  private static List<Node> calls(Model model, Operation part) {
    return model.graph().nodes().stream().filter(node -> node.callee() == part).toList();
  }
}
