package dev.tandem.core.op.norm;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import java.util.List;

/** Normalizations of batches, layers and groups. */
public final class NormOps {

  private NormOps() {}

  /**
   * Batch normalization of (…, channels) by its own mean and biased variance over all axes but the
   * last.
   *
   * @param gamma (channels)
   * @param beta (channels)
   */
  public static Normalized batchNorm(Ops ops, Value x, Value gamma, Value beta, double epsilon) {
    return Normalized.of(ops.apply(new BatchNorm(epsilon), List.of(x, gamma, beta)));
  }

  /**
   * Layer normalization of (…, size) along the last axis.
   *
   * @param gamma (size)
   * @param beta (size)
   */
  public static Value layerNorm(Ops ops, Value x, Value gamma, Value beta, double epsilon) {
    return ops.one(new LayerNorm(epsilon), x, gamma, beta);
  }

  /**
   * Normalization of each sample of (batch, …places, channels) over all places and a group of
   * neighboring channels.
   *
   * @param gamma (channels), or (batch, channels)
   * @param beta like gamma
   * @param groups as many as channels for each channel by itself
   */
  public static Value groupNorm(
      Ops ops, Value x, Value gamma, Value beta, int groups, double epsilon) {
    return ops.one(new GroupNorm(groups, epsilon), x, gamma, beta);
  }
}
