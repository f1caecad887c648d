package dev.tandem.core.model;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.graph.Named;
import dev.tandem.core.graph.Naming;
import dev.tandem.core.graph.Node;
import dev.tandem.core.graph.Operation;
import dev.tandem.core.graph.SymbolicTensor;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Queries for the parts of a model. */
final class ModelQueries {

  private ModelQueries() {}

  /** Layers and nested models by first appearance, each once. */
  static ImmutableList<Operation> operations(Model model) {
    return model.graph().nodes().stream()
        .map(Node::operation)
        .distinct()
        .collect(ImmutableList.toImmutableList());
  }

  /** The model and every model that can be reached from it, itself first. */
  static Set<Model> models(Model model) {
    Set<Model> models = new LinkedHashSet<>();
    ModelWalk.visit(
        model,
        new ModelWalk.Visitor() {
          @Override
          public boolean enter(Model part, CallSite site) {
            return models.add(part);
          }
        });
    return models;
  }

  /** The name of a part. */
  static String nameOf(Model model, Operation part) {
    if (!model.graph().naming().knows(part)) {
      throw new IllegalArgumentException(
          part.label() + " is no part of " + model + "; it has " + names(model));
    }
    return model.graph().naming().nameOf(part);
  }

  /** The names of all inputs, layers and nested models. */
  static List<String> names(Model model) {
    return parts(model).map(model.graph().naming()::nameOf).toList();
  }

  private static String article(Named part) {
    return "AEIOU".indexOf(part.typeName().charAt(0)) >= 0 ? "n " : " ";
  }

  private static Stream<Named> parts(Model model) {
    Stream<Named> inputs =
        model.graph().inputs().stream()
            .filter(input -> input.producer() == null)
            .map(SymbolicTensor::source);
    return Stream.concat(inputs, operations(model).stream());
  }

  /** The part of this name and type. */
  static <T extends Operation> T find(Model model, String name, Class<T> type) {
    Naming naming = model.graph().naming();
    for (Operation part : operations(model)) {
      if (naming.nameOf(part).equals(name) && type.isInstance(part)) {
        return type.cast(part);
      }
    }
    String hint =
        parts(model)
            .filter(part -> naming.nameOf(part).equals(name))
            .map(part -> "; \"" + name + "\" is a" + article(part) + part.typeName())
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
                  .map(node -> model.graph().naming().nameOf(node.operation()))
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
        .map(input -> "\"" + model.graph().naming().nameOf(input.source()) + "\"")
        .collect(Collectors.joining(", ", "on ", ""));
  }

  /** The outputs of all calls of a part, in their order. */
  static List<SymbolicTensor> outputs(Model model, Operation part) {
    return calls(model, part).stream().flatMap(call -> call.outputs().stream()).toList();
  }

  /** The calls of a part, in their order. */
  private static List<Node> calls(Model model, Operation part) {
    return model.graph().nodes().stream().filter(node -> node.operation() == part).toList();
  }
}
