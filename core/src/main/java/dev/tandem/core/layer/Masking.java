package dev.tandem.core.layer;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Shape;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A mask for sequences (batch, steps, features): steps whose features all are one number, the
 * padding, are left out by the layers, losses and metrics behind it. They are 0 in the output; all
 * others are as they were. No weights.
 *
 * <p>What becomes of a mask: layers that treat each step by itself hand it on, recurrent layers
 * keep their state in steps that it leaves out, {@link MultiHeadAttention} does not look at them,
 * {@link GlobalAveragePooling1D} takes the mean of the others, {@link Flatten} and layers that give
 * a last state end it. A layer that would take masked steps for others refuses them; {@link
 * Unmasking} before it says that they are to count.
 */
public final class Masking extends SimpleLayer<Masking> {

  private static final Setting<Double> VALUE = Setting.number("value").otherwise(0.0);

  Masking(LayerSettings settings) {
    super(settings);
  }

  /** A layer for padding of zeros. */
  public static Masking of() {
    return new Masking(LayerSettings.none());
  }

  /** A layer for padding of a number, such as -1; not NaN, which nothing is equal to. */
  public static Masking of(double value) {
    if (Double.isNaN(value)) {
      throw new IllegalArgumentException(
          "Masking of NaN would mask nothing, for nothing equals it; pad with a number");
    }
    return new Masking(LayerSettings.of(VALUE, value));
  }

  @Override
  protected Shape output(Shape input) {
    requireRank(input, 3, "(batch, steps, features)", "insert a Reshape");
    return input;
  }

  /** 1 where any feature is another number. */
  private Value mask(Ops ops, Value x) {
    Value padding = ops.equal(x, ops.scalar(get(VALUE), x.dtype()));
    Value others = ops.sum(ops.shift(ops.negate(padding), 1), false, -1);
    return ops.minimum(others, ops.scalar(1, x.dtype()));
  }

  @Override
  protected Value forward(LayerCall forward, Value x) {
    return StepMasks.kept(forward.ops(), x, mask(forward.ops(), x));
  }

  @Override
  protected boolean makesMasks() {
    return true;
  }

  /** A mask of the input is not looked at, as in Keras. */
  @Override
  protected List<@Nullable Value> masks(Ops ops, List<Value> inputs, List<@Nullable Value> masks) {
    return Collections.singletonList(mask(ops, inputs.get(0)));
  }
}
