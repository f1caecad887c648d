package dev.tandem.core.layer;

import dev.tandem.core.initializer.Initializers;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.norm.NormOps;
import dev.tandem.core.tensor.Check;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;

/**
 * Adaptive instance normalization, or AdaIN (Huang, Belongie, 2017, arXiv:1703.06868), with styles
 * as in StyleGAN (Karras et al., 2018, arXiv:1812.04948): {@code (1 + gamma) · (x - mean) /
 * √(variance + epsilon) + beta} with mean and biased variance of each channel of each sample over
 * all places, and gamma and beta by an affine map of the sample's style. (batch, …places, channels)
 * and style (batch, size) to the first's shape. Weights: style_kernel (size, 2 · channels),
 * style_bias (2 · channels), gamma's numbers first; the bias is 0 at first.
 */
public final class AdaptiveInstanceNormalization
    extends StyledLayer<AdaptiveInstanceNormalization> {

  private static final Setting<Double> EPSILON =
      Setting.number("epsilon").otherwise(1e-5).checked(Check::aboveZero);

  AdaptiveInstanceNormalization(LayerSettings settings) {
    super(settings);
  }

  /** A layer that normalizes. */
  public static AdaptiveInstanceNormalization of() {
    return new AdaptiveInstanceNormalization(LayerSettings.none());
  }

  /** What is added to the variance, above 0; 1e-5 unless set. */
  public AdaptiveInstanceNormalization epsilon(double epsilon) {
    return set(EPSILON, epsilon);
  }

  @Override
  protected List<TensorSpec> outputs(List<TensorSpec> inputs) {
    requireStyled(inputs, 3, "(batch, …places, channels)");
    return List.of(inputs.get(0));
  }

  @Override
  protected void build(List<TensorSpec> inputs) {
    long channels = inputs.get(0).shape().size(-1);
    declareStyle(inputs.get(1), 2 * channels, Initializers.zeros());
  }

  @Override
  protected List<Value> forward(LayerCall forward, List<Value> inputs) {
    Ops ops = forward.ops();
    Value x = inputs.get(0);
    long channels = x.shape().size(-1);
    Value both = numbers(forward, inputs.get(1));
    Value gamma = ops.shift(ops.slice(both, 1, 0, channels), 1);
    Value beta = ops.slice(both, 1, channels, channels);
    double epsilon = get(EPSILON);
    return List.of(NormOps.groupNorm(ops, x, gamma, beta, (int) channels, epsilon));
  }
}
