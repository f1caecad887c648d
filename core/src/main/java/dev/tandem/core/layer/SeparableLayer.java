package dev.tandem.core.layer;

import dev.tandem.core.initializer.Initializer;
import dev.tandem.core.initializer.Initializers;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.image.ConvGeometry;
import dev.tandem.core.op.image.ImageOps;
import dev.tandem.core.regularizer.Regularizer;
import dev.tandem.core.tensor.Check;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A convolution in two: of each channel by itself, and of all channels at each place. Weights:
 * depthwise_kernel (…window, channels, multiplier), pointwise_kernel (…1, channels · multiplier,
 * filters), bias (filters).
 *
 * @param <S> the layer's own class
 */
abstract class SeparableLayer<S extends SeparableLayer<S>> extends BiasedLayer<S> {

  private static final Setting<Integer> FILTERS =
      Setting.integer("filters").checked(Check::positive);
  private static final Setting<Integer> MULTIPLIER =
      Setting.integer("multiplier").otherwise(1).checked(Check::positive);
  private static final ParameterSettings DEPTHWISE =
      ParameterSettings.of("depthwise_kernel", "depthwise", Initializers.glorotUniform());
  private static final ParameterSettings POINTWISE =
      ParameterSettings.of("pointwise_kernel", "pointwise", Initializers.glorotUniform());

  private @Nullable Weight depthwise;
  private @Nullable Weight pointwise;

  SeparableLayer(LayerSettings settings) {
    super(settings);
  }

  static LayerSettings filtered(int filters) {
    return LayerSettings.of(FILTERS, filters);
  }

  /** How many channels are made of each before they are mixed; 1 unless set. */
  public final S multiplier(int multiplier) {
    return set(MULTIPLIER, multiplier);
  }

  /** The first kernel of single channels; Glorot uniform unless set. */
  public final S depthwiseInitializer(Initializer initializer) {
    return set(DEPTHWISE.initializer(), initializer);
  }

  /** The first kernel of places; Glorot uniform unless set. */
  public final S pointwiseInitializer(Initializer initializer) {
    return set(POINTWISE.initializer(), initializer);
  }

  /** A penalty on the kernel of single channels; none unless set. */
  public final S depthwiseRegularizer(Regularizer regularizer) {
    return set(DEPTHWISE.regularizer(), regularizer);
  }

  /** A penalty on the kernel of places; none unless set. */
  public final S pointwiseRegularizer(Regularizer regularizer) {
    return set(POINTWISE.regularizer(), regularizer);
  }

  /** The sizes of the window. */
  abstract Shape windowSizes();

  final int filters() {
    return get(FILTERS);
  }

  @Override
  protected final void build(TensorSpec input) {
    Shape window = windowSizes();
    long channels = input.shape().size(-1);
    long inner = channels * get(MULTIPLIER);
    Shape point = window;
    for (int axis = 0; axis < window.rank(); axis++) {
      point = point.with(axis, 1);
    }
    Shape each = window.append(channels).append(get(MULTIPLIER));
    depthwise = parameter(DEPTHWISE, each, input.dtype());
    pointwise = parameter(POINTWISE, point.append(inner).append(filters()), input.dtype());
    declareBias(filters(), input.dtype());
  }

  /** Both convolutions of an image, bias and activation. */
  final Value convolve(LayerCall forward, Value image, ConvGeometry geometry) {
    Ops ops = forward.ops();
    Value each = ops.reshape(weight(forward, depthwise), inPlane(depthwise));
    Value points = ops.reshape(weight(forward, pointwise), inPlane(pointwise));
    Value filtered = ImageOps.depthwiseConv2d(ops, image, each, geometry);
    return finish(forward, ImageOps.conv2d(ops, filtered, points, ConvGeometry.valid(1, 1)));
  }

  private static Value weight(LayerCall forward, @Nullable Weight weight) {
    return forward.weight(Objects.requireNonNull(weight));
  }

  private static Shape inPlane(@Nullable Weight kernel) {
    Shape shape = Objects.requireNonNull(kernel).shape();
    return shape.rank() == 3 ? shape.prepend(1) : shape;
  }
}
