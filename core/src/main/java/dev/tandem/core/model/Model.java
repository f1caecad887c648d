package dev.tandem.core.model;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.tandem.core.graph.Callee;
import dev.tandem.core.graph.Graph;
import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.Node;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.op.CounterRandom;
import dev.tandem.core.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A named cut through the graph of calls, from inputs to outputs. It owns no weights of its own and
 * may be called like a layer.
 *
 * <p>{@link #setTrainable} gates this model's own step alone, and its place in models that call it:
 * no layer and no other model is written.
 */
public final class Model implements Callee {

  private final String name;
  private final Graph graph;
  private final ImmutableMap<String, SymbolicTensor> namedInputs;
  private final ImmutableMap<String, SymbolicTensor> namedOutputs;
  private boolean trainable = true;

  private Model(String name, List<SymbolicTensor> inputs, List<SymbolicTensor> outputs) {
    this.name = Objects.requireNonNull(name, "name");
    this.graph = Graph.between("Model \"" + name + "\"", inputs, outputs);
    this.namedInputs = Ports.named(inputs);
    this.namedOutputs = Ports.named(outputs);
  }

  /** The model from one tensor to another. */
  public static Model of(String name, SymbolicTensor input, SymbolicTensor output) {
    return new Model(name, List.of(input), List.of(output));
  }

  /**
   * The model from some tensors to others. Inputs and outputs are named after the input, layer or
   * model they come from.
   *
   * @throws IllegalArgumentException if an output needs a tensor that is not given, an input is not
   *     needed, or two layers have one name
   */
  public static Model of(
      String name,
      List<? extends SymbolicTensor> inputs,
      List<? extends SymbolicTensor> outputs) {
    return new Model(name, ImmutableList.copyOf(inputs), ImmutableList.copyOf(outputs));
  }

  /** The model that calls layers and models one after another. */
  public static Model sequential(String name, SymbolicTensor input, Callee... chain) {
    SymbolicTensor x = input;
    for (Callee callee : chain) {
      if (callee instanceof Layer layer) {
        x = layer.apply(x);
      } else if (callee instanceof Model model) {
        x = model.apply(x);
      } else {
        throw new IllegalArgumentException(
            "Model \"" + name + "\": " + callee.typeName() + " \"" + callee.name()
                + "\" cannot be called; a chain is of layers and models");
      }
    }
    return of(name, input, x);
  }

  /**
   * Draws a call of the whole model.
   *
   * @throws IllegalArgumentException if number, shapes or types of the inputs differ
   * @throws IllegalStateException if the model has several outputs; use {@link #applyAll}
   */
  public SymbolicTensor apply(SymbolicTensor... inputs) {
    List<SymbolicTensor> outputs = applyAll(List.of(inputs));
    if (outputs.size() != 1) {
      throw new IllegalStateException(
          this + " has " + outputs.size() + " outputs " + namedOutputs.keySet()
              + "; call applyAll for all of them");
    }
    return outputs.get(0);
  }

  /** Draws a call of the whole model and gives all its outputs. */
  public List<SymbolicTensor> applyAll(List<SymbolicTensor> inputs) {
    if (inputs.size() != graph.inputs().size()) {
      throw new IllegalArgumentException(
          this + " takes " + graph.inputs().size() + " inputs " + namedInputs.keySet() + ", got "
              + inputs.size());
    }
    for (int i = 0; i < inputs.size(); i++) {
      TensorSpec expected = graph.inputs().get(i).spec();
      if (!inputs.get(i).spec().equals(expected)) {
        throw new IllegalArgumentException(
            this + " expects " + expected + " as \"" + namedInputs.keySet().asList().get(i)
                + "\", got " + inputs.get(i) + "; reshape it or cut the model elsewhere");
      }
    }
    List<TensorSpec> outputs = graph.outputs().stream().map(SymbolicTensor::spec).toList();
    return Node.call(this, inputs, outputs).outputs();
  }

  @Override
  public String name() {
    return name;
  }

  /** The calls between inputs and outputs. */
  public Graph graph() {
    return graph;
  }

  /** The inputs by name. */
  public ImmutableMap<String, SymbolicTensor> inputs() {
    return namedInputs;
  }

  /** The outputs by name. */
  public ImmutableMap<String, SymbolicTensor> outputs() {
    return namedOutputs;
  }

  /** The only output. */
  public SymbolicTensor output() {
    if (graph.outputs().size() != 1) {
      throw new IllegalStateException(this + " has several outputs: " + namedOutputs.keySet());
    }
    return graph.outputs().get(0);
  }

  /**
   * The output of the only call of a layer or model inside this one, for use in other models.
   *
   * @throws IllegalStateException if it is called more than once here, or has several outputs
   */
  public SymbolicTensor output(Callee callee) {
    List<SymbolicTensor> found = outputs(callee);
    if (found.size() != 1) {
      throw new IllegalStateException(
          callee.typeName() + " \"" + callee.name() + "\" has " + found.size() + " outputs in "
              + this + "; take one of outputs(...)");
    }
    return found.get(0);
  }

  /** The outputs of all calls of a layer or model inside this one, in their order. */
  public List<SymbolicTensor> outputs(Callee callee) {
    return graph.nodes().stream()
        .filter(node -> node.callee() == callee)
        .flatMap(node -> node.outputs().stream())
        .toList();
  }

  /** Inputs, layers and nested models by first appearance, each once. */
  public ImmutableList<Callee> layers() {
    Set<Callee> layers = new LinkedHashSet<>();
    for (SymbolicTensor input : graph.inputs()) {
      if (input instanceof Input callee) {
        layers.add(callee);
      }
    }
    graph.nodes().forEach(node -> layers.add(node.callee()));
    return ImmutableList.copyOf(layers);
  }

  /**
   * A layer of this model, by its name.
   *
   * @throws IllegalArgumentException if there is none; names those there are
   */
  public Layer layer(String layerName) {
    return find(layerName, Layer.class);
  }

  /** A nested model, by its name. */
  public Model model(String modelName) {
    return find(modelName, Model.class);
  }

  private <T> T find(String wanted, Class<T> type) {
    return layers().stream()
        .filter(callee -> callee.name().equals(wanted))
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    this + " has no " + type.getSimpleName().toLowerCase(java.util.Locale.ROOT)
                        + " \"" + wanted + "\"; it has "
                        + layers().stream().map(Callee::name).toList()));
  }

  /** All weights by first appearance, each once, whatever the flags. */
  public ImmutableList<Weight> weights() {
    Set<Weight> weights = new LinkedHashSet<>();
    for (Node node : graph.nodes()) {
      if (node.callee() instanceof Layer layer) {
        weights.addAll(layer.weights());
      } else if (node.callee() instanceof Model model) {
        weights.addAll(model.weights());
      }
    }
    return ImmutableList.copyOf(weights);
  }

  /** The weights a step of this model would move, as the flags are now. */
  public ImmutableList<Weight> trainableWeights() {
    return Trainability.moved(this, Flags.of(this), Selection.all());
  }

  /** The weights a step of this model would not move, as the flags are now. */
  public ImmutableList<Weight> nonTrainableWeights() {
    Set<Weight> rest = new LinkedHashSet<>(weights());
    rest.removeAll(new LinkedHashSet<>(trainableWeights()));
    return ImmutableList.copyOf(rest);
  }

  /** The number of numbers in its weights, each weight once. */
  public long countParams() {
    return weights().stream().mapToLong(Weight::length).sum();
  }

  /** Whether steps of this model move anything. */
  public boolean isTrainable() {
    return trainable;
  }

  /**
   * Freezes or unfreezes this model's step, and its calls inside other models, for trainers
   * compiled from now on. Nothing but this model is written.
   */
  public void setTrainable(boolean trainable) {
    this.trainable = trainable;
  }

  /** Draws the first values of all weights again; the same seed gives the same values. */
  public Model initialize(long seed) {
    List<Weight> weights = weights();
    for (int i = 0; i < weights.size(); i++) {
      weights.get(i).initialize(CounterRandom.of(seed, i).key());
    }
    return this;
  }

  /**
   * Takes the snapshot of what moves and hands it to a recipe: {@code
   * model.compile(Training.with(...))} gives a trainer.
   */
  public <T> T compile(Recipe<T> recipe) {
    return recipe.compile(Snapshot.of(this, recipe.selection()));
  }

  @Override
  public String toString() {
    return "Model \"" + name + "\"";
  }

  /** Weights with the path that tells them apart in files: models, layer, name. */
  public ImmutableMap<String, Weight> weightsByPath() {
    return ImmutableMap.copyOf(Paths.of(this));
  }

  /** Every model that can be reached, this one first. */
  List<Model> reachable() {
    Set<Model> models = new LinkedHashSet<>();
    collect(models);
    return new ArrayList<>(models);
  }

  private void collect(Set<Model> models) {
    if (models.add(this)) {
      for (Node node : graph.nodes()) {
        if (node.callee() instanceof Model model) {
          model.collect(models);
        }
      }
    }
  }
}
