package dev.tandem.core.layer;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.tandem.core.graph.Node;
import dev.tandem.core.graph.Operation;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.initializer.Initializer;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.regularizer.Regularizer;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * An object that owns weights and may be called on tensors any number of times, in any number of
 * models. Every call uses the same weights. A layer does not know the models it is part of.
 *
 * <p>Up to its first call a layer is a value: {@link #named} and the settings of the standard
 * layers give another layer and leave this one as it is. With its first call, alone or in a model,
 * it is one object with weights, which every later call shares, and refuses them.
 *
 * <p>To write one: declare weights in {@link #build} (called once, at the first call), say the
 * output shapes in {@link #outputs}, and write the computation in {@link #forward}.
 *
 * <p>Layers are called from one thread at a time; the models that they are in may run in several.
 */
public abstract class Layer implements Operation, Cloneable {

  private List<Weight> weights = new ArrayList<>();
  private @Nullable String name;
  private boolean trainable = true;
  private @Nullable ImmutableList<TensorSpec> built;

  /** A layer without a name: each model calls it by its kind and a number. */
  protected Layer() {}

  /** A layer of this name, by which every model calls it. */
  protected Layer(String name) {
    this.name = Objects.requireNonNull(name, "name");
  }

  /** Declares the weights, by {@link #parameter} and {@link #state}, for these inputs. */
  protected void build(List<TensorSpec> inputs) {}

  /**
   * The shapes and types of the outputs; the batch size may be open.
   *
   * @throws IllegalArgumentException if the inputs do not fit; see {@link #reject}
   */
  protected abstract List<TensorSpec> outputs(List<TensorSpec> inputs);

  /** Writes one call in ops: outputs of the promised shapes. */
  protected abstract List<Value> forward(LayerCall forward, List<Value> inputs);

  @Override
  @CanIgnoreReturnValue
  public final SymbolicTensor apply(SymbolicTensor... inputs) {
    List<SymbolicTensor> outputs = applyAll(Arrays.asList(inputs));
    if (outputs.size() != 1) {
      throw new IllegalStateException(
          describe() + " has " + outputs.size() + " outputs; call applyAll for all of them");
    }
    return outputs.get(0);
  }

  @Override
  @CanIgnoreReturnValue
  public final List<SymbolicTensor> applyAll(List<? extends SymbolicTensor> inputs) {
    if (inputs.isEmpty()) {
      throw new IllegalArgumentException(describe() + " was called on nothing");
    }
    if (inputs.stream().anyMatch(Objects::isNull)) {
      throw new IllegalArgumentException(
          describe() + " was called on null, among " + inputs + "; call it on tensors");
    }
    List<TensorSpec> specs = inputs.stream().map(SymbolicTensor::spec).toList();
    List<TensorSpec> outputs;
    List<Boolean> masked;
    try {
      boolean any = makesMasks() || inputs.stream().anyMatch(SymbolicTensor::isMasked);
      List<Boolean> given = inputs.stream().map(SymbolicTensor::isMasked).toList();
      masked = any ? masked(specs, given) : List.of(); // refused before there are weights
      outputs = outputsFor(specs);
      masked = any ? masked : Collections.nCopies(outputs.size(), false);
    } catch (RejectedInput rejected) {
      throw rejected.from(this, inputs);
    } catch (RuntimeException error) {
      throw LayerFailure.in(describe(), error);
    }
    return Node.call(this, ImmutableList.copyOf(inputs), outputs, masked, false).outputs();
  }

  /**
   * Whether it treats each step, axis 1, by itself, so that the mask of its inputs is that of its
   * outputs; false unless overridden.
   */
  protected boolean carriesMasks() {
    return false;
  }

  /** Whether its outputs have masks though its inputs have none; false unless overridden. */
  protected boolean makesMasks() {
    return false;
  }

  /**
   * Writes the masks of the outputs of one call: called where an input has one, or {@link
   * #makesMasks}. A layer that reads masks in {@link #forward}, or knows what becomes of them,
   * overrides it; others refuse them unless {@link #carriesMasks}.
   *
   * @param masks of the inputs, (batch, steps) with 1 for steps that count and 0 for others, or
   *     null
   * @return for each output its mask, of a float type, or null
   * @throws IllegalArgumentException if the inputs have masks and the layer would take masked steps
   *     for others; see {@link #reject}
   */
  protected List<@Nullable Value> masks(Ops ops, List<Value> inputs, List<@Nullable Value> masks) {
    if (carriesMasks()) {
      return Collections.singletonList(StepMasks.carried(this, inputs, masks));
    }
    throw reject(
        "would take steps that a mask leaves out for others",
        "input " + inputs.get(0).shape() + " with a mask",
        "insert Unmasking.of() before it if these steps are to count, or a layer that ends the"
            + " mask, such as GlobalAveragePooling1D; a layer of your own overrides masks(...)");
  }

  /**
   * Which outputs of a call have masks.
   *
   * @param masked which inputs have one
   */
  public final List<Boolean> masked(List<TensorSpec> inputs, List<Boolean> masked) {
    if (!masked.contains(true) && !makesMasks()) {
      return Collections.nCopies(outputs(inputs).size(), false);
    }
    return StepMasks.traced(this, inputs, masked, outputs(inputs).size());
  }

  /**
   * Writes the masks of the outputs of one call: for whoever lowers a graph.
   *
   * @param masks of the inputs, or null where there is none
   * @param outputs of the call
   * @param place what messages call this call
   */
  public final List<@Nullable Value> writeMasks(
      Ops ops, List<Value> inputs, List<@Nullable Value> masks, List<Value> outputs, String place) {
    if (masks.stream().allMatch(Objects::isNull) && !makesMasks()) {
      return StepMasks.none(outputs.size());
    }
    String called = typeName() + " \"" + place + "\"";
    try {
      return StepMasks.check(called, outputs, masks(ops, inputs, masks));
    } catch (RuntimeException error) {
      throw LayerFailure.in(called, error);
    }
  }

  /** The outputs for these inputs; declares the weights if this is the first time. */
  @CanIgnoreReturnValue
  public final List<TensorSpec> outputsFor(List<TensorSpec> inputs) {
    List<TensorSpec> outputs = outputs(inputs);
    if (built == null) {
      weights.clear(); // of a first call that was refused half way
      build(inputs);
      built = ImmutableList.copyOf(inputs);
    } else {
      checkAgain(inputs);
    }
    return outputs;
  }

  /** Refuses inputs for which the weights do not fit; the default compares the last axis. */
  protected void checkAgain(List<TensorSpec> inputs) {
    for (int i = 0; i < Math.min(inputs.size(), buildInputs().size()); i++) {
      TensorSpec first = buildInputs().get(i);
      TensorSpec now = inputs.get(i);
      boolean lastAxis =
          first.shape().rank() == 0
              || now.shape().rank() == 0
              || first.shape().size(-1) == now.shape().size(-1);
      if (!weights.isEmpty() && (!lastAxis || first.dtype() != now.dtype())) {
        throw reject("has weights for inputs like " + first, now, "use another layer for this one");
      }
    }
  }

  /**
   * Writes one call: for whoever lowers a graph.
   *
   * @param place what messages call this call, such as the layer's path in the model
   * @throws IllegalStateException if the result is not what {@link #outputs} promised
   */
  public final List<Value> write(LayerCall forward, List<Value> inputs, String place) {
    String called = typeName() + " \"" + place + "\"";
    try {
      List<TensorSpec> promised = promised(inputs.stream().map(Value::spec).toList());
      return Promise.check(called, promised, inputs, forward(forward, inputs));
    } catch (RuntimeException error) {
      throw LayerFailure.in(called, error);
    }
  }

  /** What a call on inputs of these concrete shapes has to give. */
  List<TensorSpec> promised(List<TensorSpec> inputs) {
    return outputs(inputs);
  }

  /** Declares a parameter. */
  @CanIgnoreReturnValue
  protected final Weight parameter(
      String name,
      Shape shape,
      DataType dtype,
      Initializer initializer,
      @Nullable Regularizer regularizer) {
    return declare(
        new Weight(
            this,
            name,
            new TensorSpec(shape, dtype),
            Weight.Kind.PARAMETER,
            initializer,
            regularizer));
  }

  /**
   * Declares a state weight. Where a step takes several batches, in turn or on several workers,
   * each starts from the state before the step, and the mean of their next values is kept: so it is
   * to be something of which a mean is one, such as moving statistics.
   */
  @CanIgnoreReturnValue
  protected final Weight state(String name, Shape shape, DataType dtype, Initializer initializer) {
    return stateOf(Weight.Kind.STATE, name, new TensorSpec(shape, dtype), initializer);
  }

  /**
   * Declares a state weight that is handed on from step to step, such as a pool of samples or a
   * count, of which a mean would be none. Where a step takes several batches, in turn or on several
   * workers, each of them has one of its own.
   */
  @CanIgnoreReturnValue
  protected final Weight memory(String name, Shape shape, DataType dtype, Initializer initializer) {
    return stateOf(Weight.Kind.MEMORY, name, new TensorSpec(shape, dtype), initializer);
  }

  private Weight stateOf(Weight.Kind kind, String name, TensorSpec spec, Initializer initializer) {
    return declare(new Weight(this, name, spec, kind, initializer, null));
  }

  private Weight declare(Weight weight) {
    if (built != null) {
      throw new IllegalStateException(describe() + " can declare weights in build alone");
    }
    if (!weight.spec().dtype().isFPType()) {
      throw reject(
          "has floating point weights",
          weight.spec() + " for \"" + weight.name() + "\"",
          "give it float input");
    }
    weights.add(weight);
    return weight;
  }

  /** An error for inputs that do not fit; the caller's tensor is added to it. */
  protected final IllegalArgumentException reject(String rule, Object value, String nextStep) {
    return new RejectedInput(describe() + " " + rule + ", got " + value, nextStep);
  }

  /**
   * A new layer of this kind and these settings, without name and weights: what a copy of a model
   * is made of. {@link LayerTypes#copy} gives it the name and the flag.
   *
   * @param copies gives the copy of a layer that this one wraps
   * @throws UnsupportedOperationException unless overridden
   */
  protected Layer unbuilt(UnaryOperator<Layer> copies) {
    throw new UnsupportedOperationException(
        describe()
            + " cannot be copied; override unbuilt(...) in "
            + typeName()
            + " or let it extend StandardLayer and register it with LayerTypes");
  }

  /**
   * The weights of the layers it wraps and then its own, in the order of their declaration, each
   * once; none of its own before the first call.
   */
  public List<Weight> weights() {
    List<Layer> inner = inner();
    if (inner.isEmpty()) {
      return ImmutableList.copyOf(weights);
    }
    ImmutableSet.Builder<Weight> all = ImmutableSet.builder();
    inner.forEach(layer -> all.addAll(layer.weights()));
    return all.addAll(weights).build().asList();
  }

  /**
   * A weight by its name.
   *
   * @throws IllegalArgumentException if there is none; names those there are
   */
  public final Weight weight(String name) {
    return weights().stream()
        .filter(weight -> weight.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    describe()
                        + " has no weight \""
                        + name
                        + "\"; it has "
                        + weights().stream().map(Weight::name).toList()));
  }

  /**
   * The layers this one wraps, which are those that its {@link #forward} calls: their weights are
   * its weights, and while it is frozen so are they.
   */
  public List<Layer> inner() {
    return List.of();
  }

  /** Whether the first call has been recorded. */
  @Override
  public final boolean isBuilt() {
    return built != null;
  }

  /** The inputs of the first call. */
  protected final List<TensorSpec> buildInputs() {
    if (built == null) {
      throw new IllegalStateException(describe() + " was not called yet");
    }
    return built;
  }

  /** Whether trainers compiled from now on may move its parameters, in any model. */
  @Override
  public boolean isTrainable() {
    return trainable;
  }

  /** Freezes or unfreezes the layer in every model, for trainers compiled from now on. */
  @Override
  public void setTrainable(boolean trainable) {
    this.trainable = trainable;
  }

  /** Gives a new layer that was not called the flag that it begins with. */
  void begin(boolean trainable) {
    setTrainable(trainable);
  }

  /**
   * The name it was given; without one, its kind in lower case, as in {@code dense}. What a model
   * calls it is {@code model.nameOf(layer)}.
   */
  @Override
  public final String name() {
    return name == null ? kind() : name;
  }

  @Override
  public final boolean isNamed() {
    return name != null;
  }

  /**
   * Another layer like this one, of this name, by which every model calls it. Layers without a name
   * are called by their kind and their place in each model. This layer stays as it is.
   *
   * <p>The other one is a {@link #clone} of this one, of whatever class it is.
   *
   * @throws IllegalStateException after the first call: models and files know its name by then
   */
  public Layer named(String name) {
    if (name == null) {
      throw new IllegalArgumentException(describe() + " was named null; give it a name");
    }
    if (built != null) {
      throw new IllegalStateException(describe() + " is already in use under this name");
    }
    Layer other = clone();
    other.name = name;
    return other;
  }

  /**
   * A layer with the same fields that was not called and has no weights. What a field refers to is
   * the same object in both, such as the layer that a wrapper wraps: a layer of your own that holds
   * something mutable before its first call overrides this and copies that.
   */
  @Override
  protected Layer clone() {
    try {
      Layer other = (Layer) super.clone();
      other.weights = new ArrayList<>();
      other.built = null;
      return other;
    } catch (CloneNotSupportedException e) {
      throw new AssertionError(e);
    }
  }

  /** Kind and name, as in {@code Dense "d1"}; {@code unnamed Dense} without one. */
  protected final String describe() {
    return label();
  }

  @Override
  public String toString() {
    return describe();
  }
}
