package dev.tandem.core.layer;

import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import org.jspecify.annotations.Nullable;

/**
 * A layer that makes mean 0 and variance 1, then scales by gamma and adds beta. Weights: gamma and
 * beta, one for each feature of the last axis.
 *
 * @param <S> the layer's own class
 */
abstract class NormLayer<S extends NormLayer<S>> extends SimpleLayer<S> {

  private static final double EPSILON = 1e-3;

  private @Nullable Weight gamma;
  private @Nullable Weight beta;

  NormLayer(Config config) {
    super(config);
  }

  /** What is added to the variance, above 0; 0.001 unless set. */
  public final S epsilon(double epsilon) {
    return set("epsilon", Check.aboveZero("epsilon", epsilon));
  }

  /** Whether there is a beta; true unless set. */
  public final S center(boolean center) {
    return set("center", center);
  }

  /** Whether there is a gamma; true unless set. */
  public final S scale(boolean scale) {
    return set("scale", scale);
  }

  /** The first gamma; ones unless set. */
  public final S gammaInitializer(Initializer initializer) {
    return set("gammaInitializer", initializer);
  }

  /** The first beta; zeros unless set. */
  public final S betaInitializer(Initializer initializer) {
    return set("betaInitializer", initializer);
  }

  /** A penalty on gamma; none unless set. */
  public final S gammaRegularizer(Regularizer regularizer) {
    return set("gammaRegularizer", regularizer);
  }

  /** A penalty on beta; none unless set. */
  public final S betaRegularizer(Regularizer regularizer) {
    return set("betaRegularizer", regularizer);
  }

  @Override
  protected void build(TensorSpec input) {
    Shape features = Shape.of(input.shape().size(-1));
    if (config().flag("scale", true)) {
      gamma =
          parameter(
              "gamma",
              features,
              input.dtype(),
              config().get("gammaInitializer", Initializers.ones()),
              config().find("gammaRegularizer", Regularizer.class).orElse(null));
    }
    if (config().flag("center", true)) {
      beta =
          parameter(
              "beta",
              features,
              input.dtype(),
              config().get("betaInitializer", Initializers.zeros()),
              config().find("betaRegularizer", Regularizer.class).orElse(null));
    }
  }

  @Override
  protected final Shape output(Shape input) {
    requireSamples(input);
    return input;
  }

  final double epsilon() {
    return config().number("epsilon", EPSILON);
  }

  /** Gamma in a call; ones without it. */
  final Value gamma(LayerCall forward, Value x) {
    return gamma == null ? everywhere(forward, x, 1) : forward.weight(gamma);
  }

  /** Beta in a call; zeros without it. */
  final Value beta(LayerCall forward, Value x) {
    return beta == null ? everywhere(forward, x, 0) : forward.weight(beta);
  }

  private static Value everywhere(LayerCall forward, Value x, double number) {
    return forward.ops().fill(number, x.spec().withShape(Shape.of(x.shape().size(-1))));
  }
}
