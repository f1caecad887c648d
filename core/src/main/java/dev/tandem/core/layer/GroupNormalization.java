package dev.tandem.core.layer;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.norm.NormOps;
import dev.tandem.core.tensor.Check;
import dev.tandem.core.tensor.TensorSpec;

/**
 * Group normalization (Wu, He, 2018, arXiv:1803.08494): {@code gamma · (x - mean) / √(variance +
 * epsilon) + beta} with mean and biased variance of each sample over all places and a group of
 * neighboring channels, any shape (batch, …, channels) to the same shape. Weights: gamma, beta,
 * (channels) each. Samples do not meet, so it does the same in training and inference.
 */
public final class GroupNormalization extends NormLayer<GroupNormalization> {

  private static final Setting<Integer> GROUPS =
      Setting.integer("groups").called("number of groups").checked(Check::positive);

  GroupNormalization(LayerSettings settings) {
    super(settings);
  }

  /**
   * A layer that normalizes.
   *
   * @param groups of channels, at least 1; they have to divide the channels
   */
  public static GroupNormalization groups(int groups) {
    return new GroupNormalization(LayerSettings.of(GROUPS, groups));
  }

  @Override
  protected void build(TensorSpec input) {
    long channels = input.shape().size(-1);
    int groups = get(GROUPS);
    if (channels % groups != 0) {
      throw reject(
          "needs channels that " + groups + " groups divide",
          input,
          "set a number of groups that divides " + channels);
    }
    super.build(input);
  }

  @Override
  protected Value forward(LayerCall forward, Value x) {
    Ops ops = forward.ops();
    return NormOps.groupNorm(ops, x, gamma(forward, x), beta(forward, x), get(GROUPS), epsilon());
  }
}
