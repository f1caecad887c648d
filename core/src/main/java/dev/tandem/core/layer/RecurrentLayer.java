package dev.tandem.core.layer;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.activation.Activation;
import dev.tandem.core.activation.Activations;
import dev.tandem.core.initializer.Initializer;
import dev.tandem.core.initializer.Initializers;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.recurrent.RecurrentCell;
import dev.tandem.core.op.recurrent.RecurrentOps;
import dev.tandem.core.op.recurrent.RecurrentWeights;
import dev.tandem.core.regularizer.Regularizer;
import dev.tandem.core.tensor.Check;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A layer that goes along a sequence with a state: (batch, time, features) to the last state
 * (batch, units), or to all of them, (batch, time, units). Weights: kernel (features, gates ·
 * units), recurrent_kernel (units, gates · units), bias.
 *
 * <p>It begins with zeros, or with states (batch, units) that it is called on behind the sequence.
 * The number of steps has to be known when it is called. The sequence is one op whatever its
 * length, with kernels where its functions are tanh and sigmoid; other functions are written out
 * step by step. In steps that a mask leaves out, output and states stay as they are, so a last
 * state is that after the last step that counts.
 *
 * @param <S> the layer's own class
 */
abstract class RecurrentLayer<S extends RecurrentLayer<S>> extends StandardLayer<S> {

  private static final Setting<Integer> UNITS = Setting.integer("units").checked(Check::positive);
  private static final Setting<Boolean> RETURN_SEQUENCES =
      Setting.flag("returnSequences").otherwise(false);
  private static final Setting<Boolean> RETURN_STATE = Setting.flag("returnState").otherwise(false);
  private static final Setting<Boolean> REVERSE = Setting.flag("reverse").otherwise(false);
  private static final Setting<Activation> ACTIVATION =
      Setting.of("activation", Activation.class).otherwise(Activations.tanh());
  private static final Setting<Boolean> USE_BIAS = Setting.flag("bias").otherwise(true);
  private static final ParameterSettings KERNEL =
      ParameterSettings.of("kernel", Initializers.glorotUniform());
  private static final ParameterSettings RECURRENT =
      ParameterSettings.of("recurrent_kernel", "recurrent", Initializers.orthogonal());
  private static final ParameterSettings BIAS = ParameterSettings.of("bias", Initializers.zeros());

  /** What the names of the weights of the second layer of a {@link Bidirectional} begin with. */
  static final String BACKWARD = "backward_";

  private @Nullable RecurrentLayer<?> mirrored;
  private @Nullable Weight kernel;
  private @Nullable Weight recurrentKernel;
  private @Nullable Weight bias;

  RecurrentLayer(LayerSettings settings) {
    super(settings);
  }

  static LayerSettings sized(int units) {
    return LayerSettings.of(UNITS, units);
  }

  /**
   * Whether the output is the state after each step, not after the last alone; false unless set.
   */
  public final S returnSequences(boolean all) {
    return set(RETURN_SEQUENCES, all);
  }

  /**
   * Whether further outputs are the last states, (batch, units) each: what another call may begin
   * with. False unless set.
   */
  public final S returnState(boolean state) {
    return set(RETURN_STATE, state);
  }

  /**
   * Whether it goes from the last step to the first; then its sequences are in that order, too, as
   * in Keras. False unless set.
   */
  public final S reverse(boolean reverse) {
    return set(REVERSE, reverse);
  }

  /** The function of what is not a gate; tanh unless set. */
  public final S activation(Activation activation) {
    return set(ACTIVATION, activation);
  }

  /** Whether a bias is added; true unless set. */
  public final S bias(boolean bias) {
    return set(USE_BIAS, bias);
  }

  /** The first kernel; {@linkplain Initializers#glorotUniform Glorot uniform} unless set. */
  public final S kernelInitializer(Initializer initializer) {
    return set(KERNEL.initializer(), initializer);
  }

  /** The first recurrent kernel; {@linkplain Initializers#orthogonal orthogonal} unless set. */
  public final S recurrentInitializer(Initializer initializer) {
    return set(RECURRENT.initializer(), initializer);
  }

  /** The first bias; zeros unless set. */
  public final S biasInitializer(Initializer initializer) {
    return set(BIAS.initializer(), initializer);
  }

  /** A penalty on the kernel; none unless set. */
  public final S kernelRegularizer(Regularizer regularizer) {
    return set(KERNEL.regularizer(), regularizer);
  }

  /** A penalty on the recurrent kernel; none unless set. */
  public final S recurrentRegularizer(Regularizer regularizer) {
    return set(RECURRENT.regularizer(), regularizer);
  }

  /** A penalty on the bias; none unless set. */
  public final S biasRegularizer(Regularizer regularizer) {
    return set(BIAS.regularizer(), regularizer);
  }

  /** Its formulas. */
  abstract RecurrentCell cell();

  /** The shape of its bias. */
  Shape biasShape(long size) {
    return Shape.of(size);
  }

  /** What the bias begins with. */
  Initializer firstBias(Initializer initializer) {
    return initializer;
  }

  final int units() {
    return get(UNITS);
  }

  final Activation activation() {
    return get(ACTIVATION);
  }

  final boolean returnsSequences() {
    return get(RETURN_SEQUENCES);
  }

  final boolean isReverse() {
    return get(REVERSE);
  }

  /**
   * A layer of the same settings that goes the other way, whose sequences are in the order of this
   * one's and whose flag is this one's.
   */
  final RecurrentLayer<?> mirrored() {
    RecurrentLayer<?> other =
        (RecurrentLayer<?>) LayerTypes.make(typeName(), settings().with(REVERSE, !isReverse()));
    other.mirrored = this;
    return other;
  }

  @Override
  public final boolean isTrainable() {
    return mirrored == null ? super.isTrainable() : mirrored.isTrainable();
  }

  @Override
  protected final void build(List<TensorSpec> inputs) {
    TensorSpec input = inputs.get(0);
    String prefix = mirrored == null ? "" : BACKWARD;
    long size = cell().gates() * (long) units();
    Shape shape = Shape.of(input.shape().size(-1), size);
    kernel = declare(prefix, KERNEL, input.withShape(shape), get(KERNEL.initializer()));
    TensorSpec recurrent = input.withShape(Shape.of(units(), size));
    recurrentKernel = declare(prefix, RECURRENT, recurrent, get(RECURRENT.initializer()));
    if (get(USE_BIAS)) {
      Initializer first = firstBias(get(BIAS.initializer()));
      bias = declare(prefix, BIAS, input.withShape(biasShape(size)), first);
    }
  }

  private Weight declare(
      String prefix, ParameterSettings parameter, TensorSpec spec, Initializer initializer) {
    return parameter(
        prefix + parameter.name(),
        spec.shape(),
        spec.dtype(),
        initializer,
        find(parameter.regularizer()).orElse(null));
  }

  @Override
  protected final List<TensorSpec> outputs(List<TensorSpec> inputs) {
    TensorSpec input = inputs.get(0);
    Shape shape = input.shape();
    int states = cell().states();
    if (inputs.size() != 1 && inputs.size() != 1 + states) {
      throw reject(
          "takes a sequence, or a sequence and " + states + (states == 1 ? " state" : " states"),
          inputs.size() + " inputs",
          "call it on these");
    }
    if (shape.rank() != 3) {
      throw reject("expects rank 3 input (batch, time, features)", shape, "insert a Reshape");
    }
    if (!input.dtype().isFPType()) {
      throw reject("expects float input", input, "insert an Embedding or a cast");
    }
    if (shape.size(1) < 1) {
      throw reject("needs at least one step", shape, "give it longer sequences");
    }
    TensorSpec state = input.withShape(Shape.of(shape.size(0), units()));
    for (TensorSpec given : inputs.subList(1, inputs.size())) {
      if (!given.equals(state)) {
        throw reject("begins with states " + state, given, "give it states of its size");
      }
    }
    ImmutableList.Builder<TensorSpec> outputs = ImmutableList.builder();
    outputs.add(returnsSequences() ? input.withShape(shape.with(-1, units())) : state);
    if (get(RETURN_STATE)) {
      for (int i = 0; i < states; i++) {
        outputs.add(state);
      }
    }
    return outputs.build();
  }

  @Override
  protected final void checkAgain(List<TensorSpec> inputs) {
    super.checkAgain(inputs.subList(0, 1));
  }

  @Override
  protected final List<Value> forward(LayerCall forward, List<Value> inputs) {
    Ops ops = forward.ops();
    Value x = inputs.get(0);
    Value own = bias == null ? null : forward.weight(bias);
    Value recurrentBias = null;
    if (own != null && own.rank() == 2) {
      long size = own.shape().size(1);
      recurrentBias = ops.reshape(ops.slice(own, 0, 1, 1), size);
      own = ops.reshape(ops.slice(own, 0, 0, 1), size);
    }
    RecurrentWeights weights =
        new RecurrentWeights(
            forward.weight(Objects.requireNonNull(recurrentKernel)), recurrentBias);
    Value mask = forward.mask(0);
    RecurrentOps.Run run =
        RecurrentOps.run(
            ops,
            cell(),
            projected(ops, x, forward.weight(Objects.requireNonNull(kernel)), own),
            weights,
            inputs.subList(1, inputs.size()),
            isReverse(),
            mask == null ? null : ops.cast(mask, x.dtype()));
    List<Value> outputs = new ArrayList<>();
    outputs.add(returnsSequences() ? sequence(ops, run) : run.states().get(0));
    if (get(RETURN_STATE)) {
      outputs.addAll(run.states());
    }
    return outputs;
  }

  /**
   * A sequence has the mask of the input, in the order of its steps; a last state has none, for in
   * steps that are masked the state stays.
   */
  @Override
  protected final List<@Nullable Value> masks(
      Ops ops, List<Value> inputs, List<@Nullable Value> masks) {
    List<@Nullable Value> outputs = new ArrayList<>(StepMasks.none(outputCount()));
    Value mask = masks.get(0);
    if (returnsSequences() && mask != null) {
      outputs.set(0, isReverse() && mirrored == null ? ops.reverse(mask, 1) : mask);
    }
    return outputs;
  }

  private int outputCount() {
    return get(RETURN_STATE) ? 1 + cell().states() : 1;
  }

  /** What the kernel, with its bias, makes of all steps at once. */
  private static Value projected(Ops ops, Value x, Value kernel, @Nullable Value bias) {
    long batch = x.shape().size(0);
    long time = x.shape().size(1);
    Value rows = ops.matmul(ops.reshape(x, batch * time, x.shape().size(2)), kernel);
    return ops.reshape(
        bias == null ? rows : ops.add(rows, bias), batch, time, kernel.shape().size(1));
  }

  /** All states, in the order in which they were made unless it mirrors another layer. */
  private Value sequence(Ops ops, RecurrentOps.Run run) {
    Value states = run.sequence();
    if (!isReverse() || mirrored != null) {
      return states;
    }
    return ops.reverse(states, 1);
  }
}
