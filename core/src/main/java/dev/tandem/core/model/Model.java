package dev.tandem.core.model;

import com.google.common.collect.ImmutableBiMap;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.tandem.core.graph.Graph;
import dev.tandem.core.graph.Operation;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.model.print.Summary;
import dev.tandem.core.op.Variable;
import dev.tandem.core.op.VariableGroup;
import dev.tandem.core.op.random.Seeds;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A named cut through the graph of calls, from inputs to outputs. It owns no weights of its own and
 * may be called like a layer.
 *
 * <p>{@link #setTrainable} gates this model's own step alone, and its place in models that call it:
 * no layer and no other model is written.
 *
 * <p>Models are built and compiled from one thread at a time; several may read one that is built.
 */
public final class Model implements Operation {

  private static final Logger LOG = LoggerFactory.getLogger(Model.class);

  private final String name;
  private final Graph graph;
  private final ImmutableMap<String, SymbolicTensor> namedInputs;
  private final ImmutableMap<String, SymbolicTensor> namedOutputs;
  private boolean trainable = true;
  private OptionalLong seed = OptionalLong.empty();

  private Model(String name, List<SymbolicTensor> inputs, List<SymbolicTensor> outputs) {
    this.name = Objects.requireNonNull(name, "name");
    this.graph = Graph.between("Model \"" + name + "\"", inputs, outputs);
    this.namedInputs = Ports.named(graph, inputs);
    this.namedOutputs = Ports.named(graph, outputs);
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
      String name, List<? extends SymbolicTensor> inputs, List<? extends SymbolicTensor> outputs) {
    return new Model(name, ImmutableList.copyOf(inputs), ImmutableList.copyOf(outputs));
  }

  /** The model that calls layers and models one after another. */
  public static Model sequential(String name, SymbolicTensor input, Operation... chain) {
    return of(name, input, Calls.chain(input, chain));
  }

  /**
   * Records a call of the whole model.
   *
   * @throws IllegalArgumentException if number, shapes or types of the inputs differ
   * @throws IllegalStateException if the model has several outputs; use {@link #applyAll}
   */
  @Override
  public SymbolicTensor apply(SymbolicTensor... inputs) {
    return Calls.only(this, applyAll(List.of(inputs)));
  }

  /** Records a call of the whole model and gives all its outputs. */
  @Override
  public List<SymbolicTensor> applyAll(List<? extends SymbolicTensor> inputs) {
    return Calls.of(this, ImmutableList.copyOf(inputs), false);
  }

  /**
   * This model as it is called to run as in inference, in training steps too: {@code
   * trunk.inference().apply(x)}, for fine-tuning behind a trunk that is not to notice. A recipe can
   * ask for the same, for its trainer alone.
   */
  public Inference inference() {
    return new Inference(this);
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
      throw new IllegalStateException(
          this
              + " has "
              + graph.outputs().size()
              + " outputs "
              + namedOutputs.keySet()
              + "; take one of outputs()");
    }
    return graph.outputs().get(0);
  }

  /**
   * The output of the only call of a layer or model inside this one, for use in other models.
   *
   * @throws IllegalStateException if it is not called here, or more than once, or has several
   *     outputs
   */
  public SymbolicTensor output(Operation operation) {
    return ModelQueries.output(this, operation);
  }

  /** The outputs of all calls of a layer or model inside this one, in their order. */
  public List<SymbolicTensor> outputs(Operation operation) {
    return ModelQueries.outputs(this, operation);
  }

  /** Layers and nested models by first appearance, each once; inputs are {@link #inputs()}. */
  public ImmutableList<Operation> layers() {
    return ModelQueries.operations(this);
  }

  /**
   * The name of a layer or nested model in this model: the one it was given, or if it was given
   * none its kind and its number among those of this model, as in {@code dense_1}. In another model
   * it may have another number. Files, summaries and messages use these names.
   *
   * @throws IllegalArgumentException if it is no part of this model
   */
  public String nameOf(Operation part) {
    return ModelQueries.nameOf(this, part);
  }

  /**
   * A layer of this model, by the name it has here; see {@link #nameOf}.
   *
   * @throws IllegalArgumentException if there is none; names those there are
   */
  public Layer layer(String layerName) {
    return ModelQueries.find(this, layerName, Layer.class);
  }

  /**
   * A nested model, by its name.
   *
   * @throws IllegalArgumentException if there is none; names those there are
   */
  public Model model(String modelName) {
    return ModelQueries.find(this, modelName, Model.class);
  }

  /** This model and all that can be reached from it by calls, itself first, each once. */
  public ImmutableSet<Model> models() {
    return ImmutableSet.copyOf(ModelQueries.models(this));
  }

  /** All weights by first appearance, each once, whatever the flags. */
  public ImmutableList<Weight> weights() {
    return ModelWalk.weights(this);
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

  /**
   * All weights by the path that tells them apart in files: nested models, layer, name, as in
   * {@code generator/dense/kernel}. A shared weight has the path of its first appearance.
   */
  public ImmutableBiMap<String, Weight> weightsByPath() {
    return Paths.of(this);
  }

  /**
   * The weight at a path, as in {@code generator/dense/kernel}.
   *
   * @throws IllegalArgumentException if there is none; names those there are
   */
  public Weight weight(String path) {
    return Paths.find(this, path);
  }

  /**
   * Gives the memory of its weights back at once, instead of when the garbage collector comes: for
   * a service that changes its model now and then, after the predictors and trainers of the old one
   * were closed. Layers that other models share lose theirs as well; to ask for one of these
   * weights is an error afterwards.
   *
   * @throws IllegalStateException if an open predictor or trainer still computes with one of them;
   *     none is freed then
   */
  public void freeWeights() {
    List<Variable> variables = weights().stream().map(Weight::variable).toList();
    Lock held = VariableGroup.of(variables).write();
    try {
      variables.stream().filter(Variable::isRetained).forEach(Variable::free); // says what keeps it
      variables.forEach(Variable::free);
    } finally {
      held.unlock();
    }
  }

  /** The number of numbers in its weights, each weight once. */
  public long countParams() {
    return count(weights());
  }

  /** The number of numbers that a step of this model would move, as the flags are now. */
  public long countTrainableParams() {
    return count(trainableWeights());
  }

  /** The number of numbers that a step of this model would not move, as the flags are now. */
  public long countNonTrainableParams() {
    return count(nonTrainableWeights());
  }

  private static long count(List<Weight> weights) {
    return weights.stream().mapToLong(Weight::length).sum();
  }

  @Override
  public boolean isBuilt() {
    return true;
  }

  /** Whether steps of this model move anything. */
  @Override
  public boolean isTrainable() {
    return trainable;
  }

  /**
   * Freezes or unfreezes this model's step, and its calls inside other models, for trainers
   * compiled from now on. Nothing but this model is written.
   */
  @Override
  public void setTrainable(boolean trainable) {
    this.trainable = trainable;
  }

  /** Samples the first values of all weights again; the same seed gives the same values. */
  public Model initialize(long number) {
    FirstValues.set(this, number, true);
    seed = OptionalLong.of(number);
    return this;
  }

  /** Samples the first values of all weights again, by a seed of its own: see {@link #seed}. */
  public Model initialize() {
    initialize(Seeds.fresh());
    LOG.info("{} samples its first values by initialize({})", this, seed.getAsLong());
    return this;
  }

  /**
   * Samples the first values of those weights that have none yet, each as {@link #initialize(long)}
   * would. Trainers and predictors do so when they are made, by the seed of the recipe or by one of
   * their own; weights that have values, sampled, loaded or trained, keep them.
   *
   * @return whether there were any
   */
  public boolean initializeNew(long number) {
    boolean any = FirstValues.set(this, number, false);
    if (any) {
      seed = OptionalLong.of(number);
    }
    return any;
  }

  /**
   * Samples the first values of those weights that have none yet, if there are any, by a seed of
   * its own: see {@link #seed}.
   */
  public void initializeNew() {
    if (weights().stream().anyMatch(Weight::isNew)) {
      initializeNew(Seeds.fresh());
      LOG.info("{} samples its first values by seed {}", this, seed.getAsLong());
    }
  }

  /** The seed by which first values of this model were sampled last; empty if none were. */
  public OptionalLong seed() {
    return seed;
  }

  /**
   * This model under another name: the same graph over the same layers, with a flag of its own that
   * stands as this one's does now.
   */
  public Model renamed(String newName) {
    Model same = new Model(newName, graph.inputs(), graph.outputs());
    same.setTrainable(trainable);
    return same;
  }

  /**
   * A model of the same graph over layers of its own: the same names inside, the same values in its
   * weights, the flags of all layers and models as they are now. What is shared inside is shared
   * inside the copy; the copy shares nothing with the original.
   *
   * @throws UnsupportedOperationException if one of the layers cannot be copied; names it
   */
  public Model copy(String copyName) {
    return ModelCloner.of(this, copyName);
  }

  /**
   * Takes the snapshot of what moves and hands it to a recipe: {@code
   * model.compile(Training.with(...))} gives a trainer.
   *
   * @throws IllegalArgumentException if the recipe does not fit this model
   */
  public <T> T compile(Recipe<T> recipe) {
    return recipe.compile(Snapshot.of(this, recipe.selection(), recipe.inferenceParts()));
  }

  /** A table of its parts, their sizes, and what moves in its step, as the flags are now. */
  public Summary summary() {
    return summary(false);
  }

  /**
   * The same; of what a trainer moves, with its selection, {@code trainer.summary(true)} tells.
   *
   * @param nested whether nested models are opened: their parts stand behind them, as {@code
   *     trunk/dense}
   */
  public Summary summary(boolean nested) {
    return Snapshot.of(this, Selection.all()).summary(nested);
  }

  /** The calls as a diagram for Graphviz, nested models as clusters and frozen ones dashed. */
  public String toDot() {
    return DiagramBuilder.of(this).toDot();
  }

  /** The calls as a Mermaid flowchart, nested models as subgraphs and frozen ones dashed. */
  public String toMermaid() {
    return DiagramBuilder.of(this).toMermaid();
  }

  @Override
  public String toString() {
    return "Model \"" + name + "\"";
  }
}
