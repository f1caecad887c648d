package dev.tandem.core.model;

import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.Node;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.LayerCopies;
import dev.tandem.core.layer.Weight;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Draws a model again over copies of its layers. Each layer and nested model is copied once, so
 * what was shared inside stays shared; names, flags and values of weights are those of the
 * originals.
 */
final class ModelCloner {

  private final LayerCopies layers = new LayerCopies();
  private final Map<Model, Model> models = new HashMap<>();

  /** Copies whose weights have the original values. */
  private final Set<Layer> filled = new HashSet<>();

  private ModelCloner() {}

  static Model of(Model model, String name) {
    try {
      model.initializeNew();
      return new ModelCloner().drawAll(model, name);
    } catch (UnsupportedOperationException e) {
      throw new UnsupportedOperationException(model + " cannot be copied: " + e.getMessage(), e);
    }
  }

  /** Nested models first: a model is drawn when all that it calls are. */
  private Model drawAll(Model root, String name) {
    Set<Model> entered = new HashSet<>();
    ModelWalk.visit(
        root,
        new ModelWalk.Visitor() {
          @Override
          public boolean enter(Model model) {
            return entered.add(model);
          }

          @Override
          public void leave(Model model) {
            models.put(model, draw(model, model == root ? name : model.name()));
          }

          @Override
          public void call(Layer layer, Model in) {}
        });
    return models.get(root);
  }

  private Model draw(Model model, String name) {
    Map<SymbolicTensor, SymbolicTensor> drawn = model.graph().interpret(inputs(model), this::call);
    Model copy =
        Model.of(
            name,
            model.graph().inputs().stream().map(drawn::get).toList(),
            model.graph().outputs().stream().map(drawn::get).toList());
    copy.setTrainable(model.isTrainable());
    return copy;
  }

  /** New inputs under the names of the model's ports, or near them where a layer has that name. */
  private static Map<SymbolicTensor, SymbolicTensor> inputs(Model model) {
    Set<String> taken =
        model.graph().nodes().stream()
            .map(node -> model.graph().naming().nameOf(node.callee()))
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
    if (node.callee() instanceof Model model) {
      Model copy = models.get(model);
      return node.isInference() ? copy.inference().applyAll(inputs) : copy.applyAll(inputs);
    }
    Layer original = (Layer) node.callee();
    Layer copy = layers.of(original);
    List<SymbolicTensor> outputs = copy.applyAll(inputs);
    if (filled.add(copy)) {
      fill(copy, original);
    }
    return outputs;
  }

  private static void fill(Layer copy, Layer original) {
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
