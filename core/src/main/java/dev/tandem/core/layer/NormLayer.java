package dev.tandem.core.layer;

import dev.tandem.core.initializer.Initializer;
import dev.tandem.core.initializer.Initializers;
import dev.tandem.core.op.Value;
import dev.tandem.core.regularizer.Regularizer;
import dev.tandem.core.tensor.Check;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import org.jspecify.annotations.Nullable;

/**
 * A layer that makes mean 0 and variance 1, then scales by gamma and adds beta. Weights: gamma and
 * beta, one for each feature.
 *
 * @param <S> the layer's own class
 */
abstract class NormLayer<S extends NormLayer<S>> extends SimpleLayer<S> {

  private static final Setting<Double> EPSILON =
      Setting.number("epsilon").otherwise(1e-3).checked(Check::aboveZero);
  private static final Setting<Boolean> CENTER = Setting.flag("center").otherwise(true);
  private static final Setting<Boolean> SCALE = Setting.flag("scale").otherwise(true);
  private static final ParameterSettings GAMMA = ParameterSettings.of("gamma", Initializers.ones());
  private static final ParameterSettings BETA = ParameterSettings.of("beta", Initializers.zeros());

  private @Nullable Weight gamma;
  private @Nullable Weight beta;

  NormLayer(LayerSettings settings) {
    super(settings);
  }

  /** What is added to the variance, above 0; 0.001 unless set. */
  public final S epsilon(double epsilon) {
    return set(EPSILON, epsilon);
  }

  /** Whether there is a beta; true unless set. */
  public final S center(boolean center) {
    return set(CENTER, center);
  }

  /** Whether there is a gamma; true unless set. */
  public final S scale(boolean scale) {
    return set(SCALE, scale);
  }

  /** The first gamma; ones unless set. */
  public final S gammaInitializer(Initializer initializer) {
    return set(GAMMA.initializer(), initializer);
  }

  /** The first beta; zeros unless set. */
  public final S betaInitializer(Initializer initializer) {
    return set(BETA.initializer(), initializer);
  }

  /** A penalty on gamma; none unless set. */
  public final S gammaRegularizer(Regularizer regularizer) {
    return set(GAMMA.regularizer(), regularizer);
  }

  /** A penalty on beta; none unless set. */
  public final S betaRegularizer(Regularizer regularizer) {
    return set(BETA.regularizer(), regularizer);
  }

  @Override
  protected void build(TensorSpec input) {
    Shape features = features(input.shape());
    if (get(SCALE)) {
      gamma = parameter(GAMMA, features, input.dtype());
    }
    if (get(CENTER)) {
      beta = parameter(BETA, features, input.dtype());
    }
  }

  /** The shape of gamma and beta: the last axis. */
  Shape features(Shape input) {
    return Shape.of(input.size(-1));
  }

  @Override
  protected final Shape output(Shape input) {
    requireSamples(input);
    return input;
  }

  final double epsilon() {
    return get(EPSILON);
  }

  /** Gamma in a call; ones without it. */
  final Value gamma(LayerCall forward, Value x) {
    return gamma == null ? everywhere(forward, x, 1) : forward.weight(gamma);
  }

  /** Beta in a call; zeros without it. */
  final Value beta(LayerCall forward, Value x) {
    return beta == null ? everywhere(forward, x, 0) : forward.weight(beta);
  }

  private Value everywhere(LayerCall forward, Value x, double number) {
    return forward.ops().fill(number, x.spec().withShape(features(x.shape())));
  }
}
