package dev.tandem.core.layer;

import dev.tandem.core.initializer.Initializer;
import dev.tandem.core.initializer.Initializers;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.regularizer.Regularizer;
import dev.tandem.core.tensor.Check;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Normalization by the root mean square (Zhang, Sennrich, 2019, arXiv:1910.07467): {@code scale · x
 * / √(mean(x²) + epsilon)} with the mean along the last axis, or others, any shape (batch, …,
 * features) to the same shape. Weights: scale, of the sizes of these axes.
 */
public final class RMSNormalization extends SimpleLayer<RMSNormalization> {

  private static final Setting<Double> EPSILON =
      Setting.number("epsilon").otherwise(1e-6).checked(Check::aboveZero);
  private static final ParameterSettings SCALE = ParameterSettings.of("scale", Initializers.ones());

  private @Nullable Weight scale;

  RMSNormalization(LayerSettings settings) {
    super(settings);
  }

  /** A layer that normalizes. */
  public static RMSNormalization of() {
    return new RMSNormalization(LayerSettings.none());
  }

  /**
   * The axes along which is normalized, in increasing order, counted with the batch as 0 or from
   * the end if negative; the last unless set.
   */
  public RMSNormalization axes(int... axes) {
    return set(NormAxes.AXES, IntStream.of(axes).boxed().toList());
  }

  /** What is added to the mean square, above 0; 0.000001 unless set. */
  public RMSNormalization epsilon(double epsilon) {
    return set(EPSILON, epsilon);
  }

  /** The first scale; ones unless set. */
  public RMSNormalization scaleInitializer(Initializer initializer) {
    return set(SCALE.initializer(), initializer);
  }

  /** A penalty on the scale; none unless set. */
  public RMSNormalization scaleRegularizer(Regularizer regularizer) {
    return set(SCALE.regularizer(), regularizer);
  }

  @Override
  protected void build(TensorSpec input) {
    Shape sizes = NormAxes.sizes(input.shape(), NormAxes.in(input.shape(), this));
    scale = parameter(SCALE, sizes, input.dtype());
  }

  @Override
  protected Shape output(Shape input) {
    requireSamples(input);
    return input;
  }

  @Override
  protected void checkAgain(List<TensorSpec> inputs) {
    super.checkAgain(inputs);
    NormAxes.requireSizes(this, inputs.get(0).shape());
  }

  @Override
  protected Value forward(LayerCall forward, Value x) {
    Ops ops = forward.ops();
    int[] axes = NormAxes.in(x.shape(), this);
    Value square = ops.mean(ops.square(x), true, axes);
    Value inverse = ops.power(ops.shift(square, get(EPSILON)), -0.5);
    Value weight = forward.weight(Objects.requireNonNull(scale));
    return ops.multiply(ops.multiply(x, inverse), NormAxes.spread(ops, weight, x.shape(), axes));
  }

  @Override
  protected List<@Nullable Value> masks(Ops ops, List<Value> inputs, List<@Nullable Value> masks) {
    NormAxes.requireSteps(this, inputs.get(0).shape());
    return masks;
  }
}
