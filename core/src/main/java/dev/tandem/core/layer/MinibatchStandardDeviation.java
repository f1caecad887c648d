package dev.tandem.core.layer;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.norm.MinibatchDeviation;
import dev.tandem.core.tensor.Check;
import dev.tandem.core.tensor.Shape;
import java.util.List;

/**
 * The standard deviation between samples of a batch, as one channel more (Karras et al., 2017,
 * arXiv:1710.10196): (batch, …, channels) to (batch, …, channels + 1). The batch is cut into
 * groups; the standard deviation over a group, averaged over all places and channels, is the new
 * channel of its samples. No weights.
 *
 * <p>As in StyleGAN2 (arXiv:1912.04958) group i of k holds samples i, i + k, i + 2k and so on. A
 * group has as many samples as are asked for, or, where that does not divide the batch, the largest
 * number below that does.
 */
public final class MinibatchStandardDeviation extends SimpleLayer<MinibatchStandardDeviation> {

  private static final Setting<Integer> GROUP_SIZE =
      Setting.integer("groupSize").called("group size").otherwise(4).checked(Check::positive);

  MinibatchStandardDeviation(LayerSettings settings) {
    super(settings);
  }

  /** A layer with groups of up to 4 samples. */
  public static MinibatchStandardDeviation of() {
    return new MinibatchStandardDeviation(LayerSettings.none());
  }

  /** The samples of a group, at least 1; 4 unless set. */
  public MinibatchStandardDeviation groupSize(int samples) {
    return set(GROUP_SIZE, samples);
  }

  @Override
  protected Shape output(Shape input) {
    requireSamples(input);
    return input.with(input.rank() - 1, input.size(-1) + 1);
  }

  @Override
  protected Value forward(LayerCall forward, Value x) {
    Ops ops = forward.ops();
    Value each = ops.one(new MinibatchDeviation(get(GROUP_SIZE)), x);
    Shape one = x.shape().with(x.rank() - 1, 1);
    Shape first = each.shape();
    while (first.rank() < x.rank()) {
      first = first.append(1);
    }
    Value channel = ops.broadcastTo(ops.reshape(each, first), one);
    return ops.concat(-1, List.of(x, channel));
  }
}
