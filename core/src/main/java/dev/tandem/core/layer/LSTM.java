package dev.tandem.core.layer;

import dev.tandem.core.activation.Activation;
import dev.tandem.core.activation.Activations;
import dev.tandem.core.initializer.Initializer;
import dev.tandem.core.initializer.Initializers;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.core.regularizer.Regularizer;
import dev.tandem.core.tensor.Check;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Long short-term memory (Hochreiter, Schmidhuber, 1997; with the forget gate of Gers et al.,
 * 2000): (batch, time, features) to the last state (batch, units), or to all of them, (batch, time,
 * units). Weights: kernel (features, 4 · units), recurrent_kernel (units, 4 · units), bias (4 ·
 * units), each with the gates in the order input, forget, cell, output.
 *
 * <p>With h and c from zeros, σ for the recurrent activation and φ for the activation: {@code z = x
 * · kernel + h · recurrent_kernel + bias}, cut into four; {@code c ← σ(forget) · c + σ(input) ·
 * φ(cell)}; {@code h ← σ(output) · φ(c)}. It is written out step by step, so the number of steps
 * has to be known when it is called.
 */
public final class LSTM extends SimpleLayer<LSTM> {

  private static final Setting<Integer> UNITS = Setting.integer("units").checked(Check::positive);
  private static final Setting<Boolean> RETURN_SEQUENCES =
      Setting.flag("returnSequences").otherwise(false);
  private static final Setting<Activation> ACTIVATION =
      Setting.of("activation", Activation.class).otherwise(Activations.tanh());
  private static final Setting<Activation> RECURRENT_ACTIVATION =
      Setting.of("recurrentActivation", Activation.class).otherwise(Activations.sigmoid());
  private static final Setting<Boolean> USE_BIAS = Setting.flag("bias").otherwise(true);
  private static final Setting<Boolean> UNIT_FORGET_BIAS =
      Setting.flag("unitForgetBias").otherwise(true);
  private static final ParameterSettings KERNEL =
      ParameterSettings.of("kernel", Initializers.glorotUniform());
  private static final ParameterSettings RECURRENT =
      ParameterSettings.of("recurrent_kernel", "recurrent", Initializers.orthogonal());
  private static final ParameterSettings BIAS = ParameterSettings.of("bias", Initializers.zeros());

  private static final int GATES = 4;

  private @Nullable Weight kernel;
  private @Nullable Weight recurrentKernel;
  private @Nullable Weight bias;

  LSTM(LayerSettings settings) {
    super(settings);
  }

  /** A layer with a state of this size, at least 1. */
  public static LSTM units(int units) {
    return new LSTM(LayerSettings.of(UNITS, units));
  }

  /**
   * Whether the output is the state after each step, not after the last alone; false unless set.
   */
  public LSTM returnSequences(boolean all) {
    return set(RETURN_SEQUENCES, all);
  }

  /** The function of cell and output; tanh unless set. */
  public LSTM activation(Activation activation) {
    return set(ACTIVATION, activation);
  }

  /** The function of the gates; sigmoid unless set. */
  public LSTM recurrentActivation(Activation activation) {
    return set(RECURRENT_ACTIVATION, activation);
  }

  /** Whether a bias is added; true unless set. */
  public LSTM bias(boolean bias) {
    return set(USE_BIAS, bias);
  }

  /** Whether the forget gate's bias begins with ones (Jozefowicz et al., 2015); true unless set. */
  public LSTM unitForgetBias(boolean ones) {
    return set(UNIT_FORGET_BIAS, ones);
  }

  /** The first kernel; {@linkplain Initializers#glorotUniform Glorot uniform} unless set. */
  public LSTM kernelInitializer(Initializer initializer) {
    return set(KERNEL.initializer(), initializer);
  }

  /** The first recurrent kernel; {@linkplain Initializers#orthogonal orthogonal} unless set. */
  public LSTM recurrentInitializer(Initializer initializer) {
    return set(RECURRENT.initializer(), initializer);
  }

  /** The first bias; zeros unless set. */
  public LSTM biasInitializer(Initializer initializer) {
    return set(BIAS.initializer(), initializer);
  }

  /** A penalty on the kernel; none unless set. */
  public LSTM kernelRegularizer(Regularizer regularizer) {
    return set(KERNEL.regularizer(), regularizer);
  }

  /** A penalty on the recurrent kernel; none unless set. */
  public LSTM recurrentRegularizer(Regularizer regularizer) {
    return set(RECURRENT.regularizer(), regularizer);
  }

  /** A penalty on the bias; none unless set. */
  public LSTM biasRegularizer(Regularizer regularizer) {
    return set(BIAS.regularizer(), regularizer);
  }

  private int units() {
    return get(UNITS);
  }

  @Override
  protected void build(TensorSpec input) {
    long gates = GATES * (long) units();
    kernel = parameter(KERNEL, Shape.of(input.shape().size(-1), gates), input.dtype());
    recurrentKernel = parameter(RECURRENT, Shape.of(units(), gates), input.dtype());
    if (get(USE_BIAS)) {
      Initializer initializer = get(BIAS.initializer());
      bias =
          parameter(
              BIAS.name(),
              Shape.of(gates),
              input.dtype(),
              get(UNIT_FORGET_BIAS) ? new UnitForget(initializer) : initializer,
              find(BIAS.regularizer()).orElse(null));
    }
  }

  /** Ones in the second quarter. */
  private record UnitForget(Initializer others) implements Initializer {
    @Override
    public void fill(INDArray array, CounterRandom random) {
      others.fill(array, random);
      long units = array.length() / GATES;
      array.get(NDArrayIndex.interval(units, 2 * units)).assign(1);
    }
  }

  @Override
  protected Shape output(Shape input) {
    requireRank(input, 3, "(batch, time, features)", "insert a Reshape");
    if (input.size(1) < 1) {
      throw reject("needs at least one step", input, "give it longer sequences");
    }
    return get(RETURN_SEQUENCES) ? input.with(-1, units()) : Shape.of(input.size(0), units());
  }

  @Override
  protected Value forward(LayerCall forward, Value x) {
    Ops ops = forward.ops();
    long batch = x.shape().size(0);
    long time = x.shape().size(1);
    Value rows = ops.reshape(x, batch * time, x.shape().size(2));
    Value projected = ops.matmul(rows, forward.weight(Objects.requireNonNull(kernel)));
    if (bias != null) {
      projected = ops.add(projected, forward.weight(bias));
    }
    List<Value> steps = new ArrayList<>();
    cut(ops, ops.reshape(projected, batch, time * GATES * units()), time, steps);
    Value recurrent = forward.weight(Objects.requireNonNull(recurrentKernel));
    Value state = null;
    Value cell = null;
    List<Value> states = new ArrayList<>();
    for (Value step : steps) {
      Value z = state == null ? step : ops.add(step, ops.matmul(state, recurrent));
      cell = cell(ops, z, cell);
      state = ops.multiply(gate(ops, z, 3), activation().apply(ops, cell));
      states.add(state);
    }
    return get(RETURN_SEQUENCES)
        ? ops.reshape(ops.concat(1, states), batch, time, units())
        : Objects.requireNonNull(state);
  }

  /**
   * Cuts the last axis into equal parts by halving: going back through a slice costs as much as its
   * whole, and this way there are few slices of large wholes.
   */
  private static void cut(Ops ops, Value whole, long parts, List<Value> to) {
    if (parts == 1) {
      to.add(whole);
      return;
    }
    long size = whole.shape().size(1) / parts;
    long first = parts / 2;
    cut(ops, ops.slice(whole, 1, 0, first * size), first, to);
    cut(ops, ops.slice(whole, 1, first * size, (parts - first) * size), parts - first, to);
  }

  private Value cell(Ops ops, Value z, @Nullable Value before) {
    Value candidate = activation().apply(ops, part(ops, z, 2));
    Value added = ops.multiply(gate(ops, z, 0), candidate);
    return before == null ? added : ops.add(ops.multiply(gate(ops, z, 1), before), added);
  }

  private Value gate(Ops ops, Value z, int index) {
    return get(RECURRENT_ACTIVATION).apply(ops, part(ops, z, index));
  }

  private Value part(Ops ops, Value z, int index) {
    return ops.slice(z, 1, (long) index * units(), units());
  }

  private Activation activation() {
    return get(ACTIVATION);
  }
}
