package dev.tandem.core.layer;

import dev.tandem.core.initializer.Initializer;
import dev.tandem.core.initializer.Initializers;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.activation.ActivationOps;
import dev.tandem.core.tensor.Check;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What every place of an image takes from all places (SAGAN, Zhang et al., 2018, arXiv:1805.08318):
 * {@code x + gamma · softmax(query keyᵀ) value output}, (batch, height, width, channels) to the
 * same shape. Weights: query, key and value, (channels, channels / reduction) each, output
 * (channels / reduction, channels), and gamma, a number that is 0 at first.
 */
public final class SelfAttention extends SimpleLayer<SelfAttention> {

  private static final Setting<Integer> REDUCTION =
      Setting.integer("reduction").otherwise(8).checked(Check::positive);

  private @Nullable Weight query;
  private @Nullable Weight key;
  private @Nullable Weight value;
  private @Nullable Weight output;
  private @Nullable Weight gamma;

  SelfAttention(LayerSettings settings) {
    super(settings);
  }

  /** A layer with an eighth of the channels inside. */
  public static SelfAttention of() {
    return new SelfAttention(LayerSettings.none());
  }

  /** What the channels are divided by inside, at least 1; 8 unless set, with 1 channel at least. */
  public SelfAttention reduction(int divisor) {
    return set(REDUCTION, divisor);
  }

  @Override
  protected void build(TensorSpec input) {
    long channels = input.shape().size(-1);
    long inside = Math.max(1, channels / get(REDUCTION));
    Shape in = Shape.of(channels, inside);
    Initializer first = Initializers.glorotUniform();
    query = parameter("query", in, input.dtype(), first, null);
    key = parameter("key", in, input.dtype(), first, null);
    value = parameter("value", in, input.dtype(), first, null);
    output = parameter("output", Shape.of(inside, channels), input.dtype(), first, null);
    gamma = parameter("gamma", Shape.scalar(), input.dtype(), Initializers.zeros(), null);
  }

  @Override
  protected Shape output(Shape input) {
    requireImage(input);
    return input;
  }

  @Override
  protected Value forward(LayerCall forward, Value x) {
    Ops ops = forward.ops();
    Value scores =
        ops.matmul(projected(forward, x, query), projected(forward, x, key), false, true);
    Value taken = ops.matmul(ActivationOps.softmax(ops, scores), projected(forward, x, value));
    long inside = taken.shape().size(-1);
    Value flat = ops.reshape(taken, taken.shape().length() / inside, inside);
    Value brought = ops.reshape(ops.matmul(flat, weight(forward, output)), x.shape());
    return ops.add(x, ops.multiply(brought, weight(forward, gamma)));
  }

  /** (batch, places, inside). */
  private static Value projected(LayerCall forward, Value x, @Nullable Weight kernel) {
    Ops ops = forward.ops();
    long channels = x.shape().size(-1);
    Value flat = ops.reshape(x, x.shape().length() / channels, channels);
    Value y = ops.matmul(flat, weight(forward, kernel));
    return ops.reshape(
        y, x.shape().size(0), x.shape().size(1) * x.shape().size(2), y.shape().size(-1));
  }

  private static Value weight(LayerCall forward, @Nullable Weight weight) {
    return forward.weight(Objects.requireNonNull(weight));
  }
}
