package dev.tandem.core.layer;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A recurrent layer and a second one of the same settings that goes the other way: {@code
 * Bidirectional.of(LSTM.units(8))}, an LSTM, GRU or SimpleRNN. Outputs of both are merged step by
 * step as {@link MergeMode} says. Weights: those of the inner layer, and those of the second one,
 * whose names begin with backward_. The flag of both is the inner layer's.
 *
 * <p>Called on a sequence, or on that and the first states of the forward and then of the backward
 * layer. Where the inner layer returns its states, these follow the merged output, forward first.
 */
public final class Bidirectional extends Wrapper<Bidirectional> {

  private static final Setting<MergeMode> MERGE =
      Setting.of("merge", MergeMode.class).otherwise(MergeMode.CONCATENATE);

  private RecurrentLayer<?> backward;

  Bidirectional(LayerSettings settings) {
    this(described(settings), settings);
  }

  private Bidirectional(Layer inner, LayerSettings settings) {
    super(inner, settings);
    backward = recurrent(inner).mirrored();
  }

  /**
   * A layer around a recurrent one.
   *
   * @throws IllegalArgumentException if it is another kind of layer, or one that goes in reverse
   */
  public static Bidirectional of(Layer inner) {
    return new Bidirectional(inner, LayerSettings.none());
  }

  /** What becomes of both outputs; CONCATENATE unless set. */
  public Bidirectional merge(MergeMode mode) {
    return set(MERGE, mode);
  }

  private static RecurrentLayer<?> recurrent(Layer inner) {
    if (!(inner instanceof RecurrentLayer<?> layer)) {
      throw new IllegalArgumentException(
          "Bidirectional was put around "
              + inner
              + ", which does not go along sequences; put it around an LSTM, GRU or SimpleRNN");
    }
    if (layer.isReverse()) {
      throw new IllegalArgumentException(
          "Bidirectional was put around "
              + inner
              + ", which goes in reverse; put it around one that goes forward");
    }
    return layer;
  }

  @Override
  protected Bidirectional around(Layer inner) {
    return new Bidirectional(inner, settings());
  }

  @Override
  void begin(boolean trainable) {
    super.begin(trainable);
    backward = recurrent(wrapped()).mirrored();
  }

  /** The inner layer and the one that goes the other way. */
  @Override
  public List<Layer> inner() {
    return List.of(wrapped(), backward);
  }

  /** The inputs of one of both layers. */
  private <T extends @Nullable Object> List<T> inputs(List<T> inputs, boolean forward) {
    int states = recurrent(wrapped()).cell().states();
    if (inputs.size() == 1) {
      return inputs;
    }
    if (inputs.size() != 1 + 2 * states) {
      throw reject(
          "takes a sequence, or a sequence and " + 2 * states + " states, the forward ones first",
          inputs.size() + " inputs",
          "call it on these");
    }
    int from = forward ? 1 : 1 + states;
    List<T> own = new ArrayList<>(inputs.subList(0, 1));
    own.addAll(inputs.subList(from, from + states));
    return own;
  }

  @Override
  protected List<TensorSpec> outputs(List<TensorSpec> inputs) {
    List<TensorSpec> forward = wrapped().outputsFor(inputs(inputs, true));
    List<TensorSpec> back = backward.outputsFor(inputs(inputs, false));
    TensorSpec one = forward.get(0);
    ImmutableList.Builder<TensorSpec> outputs = ImmutableList.builder();
    switch (get(MERGE)) {
      case CONCATENATE ->
          outputs.add(one.withShape(one.shape().with(-1, 2 * one.shape().size(-1))));
      case SEPARATE -> outputs.add(one, back.get(0));
      default -> outputs.add(one);
    }
    return outputs
        .addAll(forward.subList(1, forward.size()))
        .addAll(back.subList(1, back.size()))
        .build();
  }

  @Override
  protected List<@Nullable Value> masks(Ops ops, List<Value> inputs, List<@Nullable Value> masks) {
    List<@Nullable Value> there = wrapped().masks(ops, inputs(inputs, true), inputs(masks, true));
    int states = there.size() - 1;
    boolean separate = get(MERGE) == MergeMode.SEPARATE;
    List<@Nullable Value> outputs =
        new ArrayList<>(StepMasks.none((separate ? 2 : 1) + 2 * states));
    outputs.set(0, there.get(0));
    if (separate) {
      outputs.set(1, there.get(0));
    }
    return outputs;
  }

  /** The inner layers have checked it. */
  @Override
  protected void checkAgain(List<TensorSpec> inputs) {}

  @Override
  protected List<Value> forward(LayerCall forward, List<Value> inputs) {
    List<Value> there = forward.call(wrapped(), inputs(inputs, true));
    List<Value> back = forward.call(backward, inputs(inputs, false));
    List<Value> outputs = new ArrayList<>(merged(forward, there.get(0), back.get(0)));
    outputs.addAll(there.subList(1, there.size()));
    outputs.addAll(back.subList(1, back.size()));
    return outputs;
  }

  /** In steps that a mask leaves out sequences are 0, as in Keras. */
  private List<Value> merged(LayerCall forward, Value one, Value other) {
    Ops ops = forward.ops();
    Value mask = recurrent(wrapped()).returnsSequences() ? forward.mask(0) : null;
    Value there = mask == null ? one : StepMasks.kept(ops, one, mask);
    Value back = mask == null ? other : StepMasks.kept(ops, other, mask);
    return switch (get(MERGE)) {
      case CONCATENATE -> List.of(ops.concat(-1, List.of(there, back)));
      case SUM -> List.of(ops.add(there, back));
      case MULTIPLY -> List.of(ops.multiply(there, back));
      case AVERAGE -> List.of(ops.scale(ops.add(there, back), 0.5));
      case SEPARATE -> List.of(there, back);
    };
  }
}
