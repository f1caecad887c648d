package dev.tandem.core.layer;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.initializer.Initializer;
import dev.tandem.core.initializer.Initializers;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.activation.ActivationOps;
import dev.tandem.core.regularizer.Regularizer;
import dev.tandem.core.tensor.Check;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Multi-head attention (Vaswani et al., 2017, arXiv:1706.03762): for each head {@code softmax(q kᵀ
 * / √keyDim) v}, and all heads brought together by the output kernel. Called on query (batch,
 * queries, features), or on query and value (batch, keys, features), or on query, value and key, in
 * that order; what is not given is the one before it. To (batch, queries, features of the query).
 *
 * <p>Weights: query_kernel (features, heads, keyDim), query_bias (heads, keyDim), the same for key,
 * the same with valueDim for value, output_kernel (heads, valueDim, outputDim), output_bias
 * (outputDim), as in Keras.
 *
 * <p>With {@link #masked} one more input comes last: (batch, keys), or (batch, queries, keys), of 1
 * where a key is to be seen and 0 where not, float or integer. Masks that go along with value and
 * key ({@link Masking}, {@link Embedding#maskZero}) leave keys out as well, and that of the query
 * goes on with the output. A query that may see no key takes the mean of all.
 */
public final class MultiHeadAttention extends StandardLayer<MultiHeadAttention> {

  private static final Setting<Integer> HEADS =
      Setting.integer("heads").called("number of heads").checked(Check::positive);
  private static final Setting<Integer> KEY_DIM =
      Setting.integer("keyDim").called("size of keys").checked(Check::positive);
  private static final Setting<Integer> VALUE_DIM =
      Setting.integer("valueDim").called("size of values").checked(Check::positive);
  private static final Setting<Integer> OUTPUT_DIM =
      Setting.integer("outputDim").called("size of the output").checked(Check::positive);
  private static final Setting<Boolean> USE_BIAS = Setting.flag("bias").otherwise(true);
  private static final Setting<Double> DROPOUT =
      Setting.number("dropout").called("dropout rate").otherwise(0.0).checked(Check::fraction);
  private static final Setting<Boolean> CAUSAL = Setting.flag("causal").otherwise(false);
  private static final Setting<Boolean> MASKED = Setting.flag("masked").otherwise(false);
  private static final Setting<Boolean> RETURN_SCORES =
      Setting.flag("returnScores").otherwise(false);
  private static final ParameterSettings KERNEL =
      ParameterSettings.of("kernel", Initializers.glorotUniform());
  private static final ParameterSettings BIAS = ParameterSettings.of("bias", Initializers.zeros());

  private @Nullable Projection query;
  private @Nullable Projection key;
  private @Nullable Projection value;
  private @Nullable Projection output;

  MultiHeadAttention(LayerSettings settings) {
    super(settings);
  }

  /**
   * A layer of this many heads.
   *
   * @param keyDim size of a query and a key of one head, at least 1
   */
  public static MultiHeadAttention of(int heads, int keyDim) {
    return new MultiHeadAttention(LayerSettings.of(HEADS, heads).with(KEY_DIM, keyDim));
  }

  /** The size of a value of one head, at least 1; that of a key unless set. */
  public MultiHeadAttention valueDim(int size) {
    return set(VALUE_DIM, size);
  }

  /** The size of the last axis of the output, at least 1; that of the query unless set. */
  public MultiHeadAttention outputDim(int size) {
    return set(OUTPUT_DIM, size);
  }

  /** Whether biases are added; true unless set. */
  public MultiHeadAttention bias(boolean bias) {
    return set(USE_BIAS, bias);
  }

  /** The part of the attention that is dropped in training steps, in [0, 1); 0 unless set. */
  public MultiHeadAttention dropout(double rate) {
    return set(DROPOUT, rate);
  }

  /** Whether query i sees the keys 0 to i alone; false unless set. */
  public MultiHeadAttention causal(boolean causal) {
    return set(CAUSAL, causal);
  }

  /** Whether the last input is a mask; false unless set. */
  public MultiHeadAttention masked(boolean masked) {
    return set(MASKED, masked);
  }

  /**
   * Whether a second output holds what each head makes of each key, (batch, heads, queries, keys),
   * before dropout; false unless set.
   */
  public MultiHeadAttention returnScores(boolean scores) {
    return set(RETURN_SCORES, scores);
  }

  /** The first kernels; {@linkplain Initializers#glorotUniform Glorot uniform} unless set. */
  public MultiHeadAttention kernelInitializer(Initializer initializer) {
    return set(KERNEL.initializer(), initializer);
  }

  /** The first biases; zeros unless set. */
  public MultiHeadAttention biasInitializer(Initializer initializer) {
    return set(BIAS.initializer(), initializer);
  }

  /** A penalty on each kernel; none unless set. */
  public MultiHeadAttention kernelRegularizer(Regularizer regularizer) {
    return set(KERNEL.regularizer(), regularizer);
  }

  /** A penalty on each bias; none unless set. */
  public MultiHeadAttention biasRegularizer(Regularizer regularizer) {
    return set(BIAS.regularizer(), regularizer);
  }

  /** The inputs by what they are for. */
  private record Roles<T>(T query, T value, T key, @Nullable T mask) {}

  private <T> Roles<T> roles(List<T> inputs) {
    int tensors = inputs.size() - (get(MASKED) ? 1 : 0);
    if (tensors < 1 || tensors > 3) {
      throw reject(
          get(MASKED)
              ? "takes a query, or query and value, or query, value and key, and then a mask"
              : "takes a query, or query and value, or query, value and key",
          inputs.size() + (inputs.size() == 1 ? " input" : " inputs"),
          "call it on these, or set masked(...)");
    }
    T value = inputs.get(Math.min(1, tensors - 1));
    T key = tensors == 3 ? inputs.get(2) : value;
    T mask = tensors == inputs.size() ? null : inputs.get(tensors);
    return new Roles<>(inputs.get(0), value, key, mask);
  }

  private int valueDim() {
    return find(VALUE_DIM).orElse(get(KEY_DIM));
  }

  private long outputDim(TensorSpec query) {
    return find(OUTPUT_DIM).map(Integer::longValue).orElse(query.shape().size(-1));
  }

  @Override
  protected void build(List<TensorSpec> inputs) {
    Roles<TensorSpec> roles = roles(inputs);
    int heads = get(HEADS);
    query = projection("query", inward(roles.query(), get(KEY_DIM)));
    key = projection("key", inward(roles.key(), get(KEY_DIM)));
    value = projection("value", inward(roles.value(), valueDim()));
    long size = outputDim(roles.query());
    TensorSpec outward = roles.query().withShape(Shape.of(heads, valueDim(), size));
    output = projection("output", outward);
  }

  private TensorSpec inward(TensorSpec input, long size) {
    return input.withShape(Shape.of(input.shape().size(-1), get(HEADS), size));
  }

  private Projection projection(String name, TensorSpec kernel) {
    boolean isOutput = name.equals("output");
    Shape bias = isOutput ? Shape.of(kernel.shape().size(2)) : kernel.shape().without(0);
    return new Projection(
        parameter(
            name + "_kernel",
            kernel.shape(),
            kernel.dtype(),
            get(KERNEL.initializer()),
            find(KERNEL.regularizer()).orElse(null)),
        get(USE_BIAS)
            ? parameter(
                name + "_bias",
                bias,
                kernel.dtype(),
                get(BIAS.initializer()),
                find(BIAS.regularizer()).orElse(null))
            : null,
        isOutput ? 2 : 1);
  }

  /**
   * A dense map by a kernel of three axes.
   *
   * @param inputs how many of the kernel's axes, the first ones, are summed over
   */
  private record Projection(Weight kernel, @Nullable Weight bias, int inputs) {

    /** (batch, steps, summed) to (batch, steps, others). */
    Value of(LayerCall forward, Value x) {
      Ops ops = forward.ops();
      long batch = x.shape().size(0);
      long steps = x.shape().size(1);
      long summed = x.shape().size(2);
      long others = kernel.length() / summed;
      Value matrix = ops.reshape(forward.weight(kernel), summed, others);
      Value y = ops.matmul(ops.reshape(x, batch * steps, summed), matrix);
      if (bias != null) {
        y = ops.add(y, ops.reshape(forward.weight(bias), others));
      }
      return ops.reshape(y, batch, steps, others);
    }

    long features() {
      return inputs == 1 ? kernel.shape().size(0) : kernel.length() / kernel.shape().size(2);
    }
  }

  @Override
  protected List<TensorSpec> outputs(List<TensorSpec> inputs) {
    Roles<TensorSpec> roles = roles(inputs);
    List<TensorSpec> tensors = List.of(roles.query(), roles.value(), roles.key());
    for (TensorSpec tensor : tensors) {
      boolean fits =
          tensor.shape().rank() == 3
              && tensor.dtype().isFPType()
              && tensor.dtype() == roles.query().dtype()
              && tensor.shape().size(0) == roles.query().shape().size(0);
      if (!fits) {
        throw reject(
            "expects rank 3 inputs (batch, steps, features) of one float type",
            tensors,
            "insert a Reshape or an Embedding");
      }
    }
    long queries = roles.query().shape().size(1);
    long keys = roles.value().shape().size(1);
    if (roles.key().shape().size(1) != keys) {
      throw reject(
          "takes query, value and key in this order, with a key for each value",
          tensors,
          "give it as many keys as values");
    }
    requireMask(roles, queries, keys);
    ImmutableList.Builder<TensorSpec> outputs = ImmutableList.builder();
    Shape shape = roles.query().shape();
    outputs.add(roles.query().withShape(shape.with(2, outputDim(roles.query()))));
    if (get(RETURN_SCORES)) {
      outputs.add(roles.query().withShape(Shape.of(shape.size(0), get(HEADS), queries, keys)));
    }
    return outputs.build();
  }

  private void requireMask(Roles<TensorSpec> roles, long queries, long keys) {
    TensorSpec mask = roles.mask();
    if (mask == null) {
      return;
    }
    long batch = roles.query().shape().size(0);
    boolean typed =
        mask.dtype() == roles.query().dtype()
            || mask.dtype() == DataType.INT32
            || mask.dtype() == DataType.INT64;
    if (!typed
        || !mask.shape().equals(Shape.of(batch, keys))
            && !mask.shape().equals(Shape.of(batch, queries, keys))) {
      throw reject(
          "expects a mask (batch, "
              + keys
              + ") or (batch, "
              + queries
              + ", "
              + keys
              + ") of integers or of the query's type as its last input",
          mask,
          "give it one, or set masked(false)");
    }
  }

  @Override
  protected void checkAgain(List<TensorSpec> inputs) {
    Roles<TensorSpec> roles = roles(inputs);
    requireFeatures("query", Objects.requireNonNull(query), roles.query());
    requireFeatures("key", Objects.requireNonNull(key), roles.key());
    requireFeatures("value", Objects.requireNonNull(value), roles.value());
    long made = Objects.requireNonNull(output).kernel().shape().size(2);
    if (made != outputDim(roles.query())) {
      throw reject(
          "makes " + made + " features, those of its first query",
          roles.query(),
          "set outputDim(...), or use another layer");
    }
  }

  private void requireFeatures(String role, Projection weights, TensorSpec now) {
    if (weights.features() != now.shape().size(-1)
        || weights.kernel().spec().dtype() != now.dtype()) {
      throw reject(
          "has " + role + "_kernel " + weights.kernel().spec(),
          now + " as " + role,
          "use another layer for this one");
    }
  }

  @Override
  protected List<Value> forward(LayerCall forward, List<Value> inputs) {
    Ops ops = forward.ops();
    Roles<Value> roles = roles(inputs);
    Value q = heads(ops, Objects.requireNonNull(query).of(forward, roles.query()));
    Value k = heads(ops, Objects.requireNonNull(key).of(forward, roles.key()));
    Value v = heads(ops, Objects.requireNonNull(value).of(forward, roles.value()));
    long batch = roles.query().shape().size(0);
    long queries = roles.query().shape().size(1);
    long keys = roles.value().shape().size(1);
    Value products = ops.matmul(ops.scale(q, 1 / Math.sqrt(get(KEY_DIM))), k, false, true);
    Value logits = ops.reshape(products, batch, get(HEADS), queries, keys);
    Value carried = carried(forward, inputs.size());
    Value scores = ActivationOps.softmax(ops, seen(ops, logits, roles.mask(), carried));
    Value kept = Dropout.drop(forward, scores, get(DROPOUT), scores.shape());
    Value taken = ops.matmul(ops.reshape(kept, batch * get(HEADS), queries, keys), v);
    Value together =
        ops.permute(ops.reshape(taken, batch, get(HEADS), queries, valueDim()), 0, 2, 1, 3);
    Value joined = ops.reshape(together, batch, queries, (long) get(HEADS) * valueDim());
    List<Value> outputs = new ArrayList<>();
    outputs.add(Objects.requireNonNull(output).of(forward, joined));
    if (get(RETURN_SCORES)) {
      outputs.add(scores);
    }
    return outputs;
  }

  /** (batch, steps, heads · size) as (batch · heads, steps, size). */
  private Value heads(Ops ops, Value x) {
    long batch = x.shape().size(0);
    long steps = x.shape().size(1);
    long size = x.shape().size(2) / get(HEADS);
    Value apart = ops.permute(ops.reshape(x, batch, steps, get(HEADS), size), 0, 2, 1, 3);
    return ops.reshape(apart, batch * get(HEADS), steps, size);
  }

  private static Value spread(Ops ops, Value mask, Value logits) {
    Shape shape = mask.shape();
    Value here = ops.cast(mask, logits.dtype());
    return shape.rank() == 2
        ? ops.reshape(here, shape.size(0), 1, 1, shape.size(1))
        : ops.reshape(here, shape.size(0), 1, shape.size(1), shape.size(2));
  }

  /** Keys to be seen, (batch, keys), by the masks that came along with values and keys. */
  private @Nullable Value carried(LayerCall forward, int inputs) {
    Roles<Integer> places = roles(IntStream.range(0, inputs).boxed().toList());
    Value ofValue = forward.mask(places.value());
    Value ofKey = forward.mask(places.key());
    if (ofValue == null || ofKey == null || ofValue.equals(ofKey)) {
      return ofValue == null ? ofKey : ofValue;
    }
    return forward.ops().multiply(ofValue, ofKey);
  }

  /** The mask of the query is that of the output. */
  @Override
  protected List<@Nullable Value> masks(Ops ops, List<Value> inputs, List<@Nullable Value> masks) {
    List<@Nullable Value> outputs = new ArrayList<>();
    outputs.add(masks.get(0));
    if (get(RETURN_SCORES)) {
      outputs.add(null);
    }
    return outputs;
  }

  /** Logits (batch, heads, queries, keys) that are far below 0 for keys that are not to be seen. */
  private Value seen(Ops ops, Value logits, @Nullable Value given, @Nullable Value carried) {
    Value all = logits;
    Value one = given == null ? null : spread(ops, given, logits);
    Value other = carried == null ? null : spread(ops, carried, logits);
    Value both = one == null ? other : other == null ? one : ops.multiply(one, other);
    if (both != null) {
      all = ops.add(ops.multiply(all, both), AttentionMasks.below(ops, both));
    }
    if (get(CAUSAL)) {
      all = ops.add(all, AttentionMasks.later(ops, logits.spec()));
    }
    return all;
  }
}
