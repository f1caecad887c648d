package dev.tandem.core.model;

import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.Node;
import dev.tandem.core.graph.Operation;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.LayerCopies;
import dev.tandem.core.layer.Weight;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Builds a model again over copies of its layers. Each layer and nested model is copied once, so
 * what was shared inside stays shared; names, flags and values of weights are those of the
 * originals.
 */
final class ModelCloner {

  private final LayerCopies copies = new LayerCopies();
  private final Map<Layer, Layer> layers = new LinkedHashMap<>();
  private final Map<Operation, Model> models = new HashMap<>();

  private ModelCloner() {}

  static Model of(Model model, String name) {
    try {
      model.initializeNew();
      return new ModelCloner().copyAll(model, name);
    } catch (UnsupportedOperationException e) {
      throw new UnsupportedOperationException(model + " cannot be copied: " + e.getMessage(), e);
    }
  }

  /** Nested models first: a model is built when all that it calls are. */
  private Model copyAll(Model root, String name) {
    ModelWalk.visit(
        root,
        new ModelWalk.Visitor() {
          @Override
          public boolean enter(Layer layer, CallSite site) {
            layers.put(layer, copies.of(layer));
            return false;
          }

          @Override
          public void leave(Model model, CallSite site) {
            models.put(model, copy(model, site.isRoot() ? name : model.name()));
          }
        });
    layers.forEach(ModelCloner::fill);
    return Objects.requireNonNull(models.get(root));
  }

  private Model copy(Model model, String name) {
    Map<SymbolicTensor, SymbolicTensor> copied = model.graph().interpret(inputs(model), this::call);
    Model copy =
        Model.of(
            name,
            model.graph().inputs().stream().map(copied::get).toList(),
            model.graph().outputs().stream().map(copied::get).toList());
    copy.setTrainable(model.isTrainable());
    return copy;
  }

  /** New inputs under the names of the model's ports, or near them where a layer has that name. */
  private static Map<SymbolicTensor, SymbolicTensor> inputs(Model model) {
    Set<String> taken =
        model.graph().nodes().stream()
            .map(node -> model.graph().naming().nameOf(node.operation()))
            .collect(Collectors.toSet());
    Map<SymbolicTensor, SymbolicTensor> inputs = new HashMap<>();
    model
        .inputs()
        .forEach(
            (port, tensor) -> {
              String name = port;
              while (taken.contains(name)) {
                name += "_in";
              }
              inputs.put(tensor, Input.like(name, tensor));
            });
    return inputs;
  }

  private List<SymbolicTensor> call(Node node, List<SymbolicTensor> inputs) {
    Model nested = models.get(node.operation());
    if (nested == null) {
      return Objects.requireNonNull(layers.get(node.operation())).applyAll(inputs);
    }
    return node.isInference() ? nested.inference().applyAll(inputs) : nested.applyAll(inputs);
  }

  private static void fill(Layer original, Layer copy) {
    List<Weight> from = original.weights();
    List<Weight> to = copy.weights();
    boolean alike = from.size() == to.size();
    for (int i = 0; alike && i < to.size(); i++) {
      alike =
          from.get(i).name().equals(to.get(i).name())
              && from.get(i).spec().equals(to.get(i).spec());
    }
    if (!alike) {
      throw new UnsupportedOperationException(
          original
              + " has the weights "
              + from
              + " and its copy "
              + to
              + "; let its unbuilt(...) give a layer of the same settings");
    }
    for (int i = 0; i < to.size(); i++) {
      to.get(i).set(from.get(i).variable().read());
    }
  }
}
